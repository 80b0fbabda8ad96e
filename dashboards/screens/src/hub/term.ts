/**
 * For how long a command may wait to be sent. What nobody could send for longer is not done behind anybody's back.
 *
 * What says what its asker had seen is merged by the hub and does no harm however late it comes: it waits for a shift.
 * What the hub judges by when it arrives would surprise whoever has gone on without it. Not its business: what merging
 * means (`witness.ts` says what was seen).
 */

import type { Kept } from "./kept.ts";

const MINUTE_MS = 60_000;
export const MERGED_MS_MAX = 12 * 60 * MINUTE_MS;
export const JUDGED_MS_MAX = 30 * MINUTE_MS;

/** What the hub merges, each with what must be said for that. */
const MERGED: ReadonlyMap<string, string> = new Map([
  // Whoever adds needs to have seen the order, and no more.
  ["add_lines", "orderId"],
  ["fire_course", "lineIds"],
  ["serve_order", "tickets"],
  ["void_line", "bumps"],
  ["decide_void", "restores"],
  ["start_ticket", "recalls"],
  ["bump_ticket", "recalls"],
  ["recall_ticket", "recalls"],
  ["rush_ticket", "recalls"],
  ["clear_ticket", "restores"],
]);

export function keptMsMax({ verb, fields }: Pick<Kept, "verb" | "fields">): number {
  const seen = MERGED.get(verb);
  return seen !== undefined && Object.hasOwn(fields, seen) ? MERGED_MS_MAX : JUDGED_MS_MAX;
}
