/**
 * What people were told beside their boards, and what of it still stands: it is new enough, and nobody has put it away.
 *
 * That food is ready is left out: it stands on the floor's own list, with what is to be done about it, and goes from
 * there by itself. Not its business: drawing it (`Standing.tsx`).
 */

import type { Notice } from "../hub/index.ts";

/** Somebody who comes to work is told what was said since the last evening's beginning, and nothing of last week. */
export const STANDS_MS = 12 * 60 * 60 * 1_000;

/** What tells one notice from another: the hub gives them no id, and says nothing twice in one moment. */
export function keyOf({ timestamp, title }: Notice): string {
  return `${timestamp} ${title}`;
}

/** What stands now, the newest first. */
export function standing(said: readonly Notice[], putAway: ReadonlySet<string>, nowMs: number): readonly Notice[] {
  return said
    .filter((one) => one.type !== "order_ready")
    .filter((one) => nowMs - Date.parse(one.timestamp) < STANDS_MS && !putAway.has(keyOf(one)))
    .sort((one, other) => Date.parse(other.timestamp) - Date.parse(one.timestamp));
}
