/**
 * A room that the hub does not show any more: what still hangs there is of before, and is shown as old at once.
 *
 * Not its business: in which words the hub's no is told.
 */

import type { Freshness, RoomNow } from "../hub/index.ts";

/** How old a room is: as counted, unless it was refused. Then nothing of it is live, however young it is. */
export function freshnessOf(
  { refusal, provenAtMs }: Pick<RoomNow<unknown>, "refusal" | "provenAtMs">,
  counted: Freshness,
  nowMs: number,
): Freshness {
  if (refusal === null || provenAtMs === null) return counted;
  if (counted.state === "offline") return { ...counted, isStale: true };
  const seconds = Math.max(0, Math.round((nowMs - provenAtMs) / 1_000));
  return { state: "behind", seconds, isStale: true };
}
