/**
 * Why a guest's page has nothing more to show, as far as a guest wants to know.
 *
 * Not its business: the sentences, and trying again, of which there is nothing left to do.
 */

import type { Refusal } from "../hub/index.ts";

export type Over =
  /** The party has left, or its table is gone, and the link with it. */
  | "left"
  /** The link has run out. */
  | "old"
  /** The hub knows no such link. */
  | "wrong";

/** What a refusal means for the page; null where asking goes on. */
export function overBy({ code, retry }: Pick<Refusal, "code" | "retry">): Over | null {
  if (retry) return null;
  switch (code) {
    case "link_over":
    case "party_left":
    case "table_removed":
      return "left";
    case "token_expired":
      return "old";
    case "rights_changed":
      return null;
    default:
      return "wrong";
  }
}
