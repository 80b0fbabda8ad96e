/**
 * For how long a command may wait to be sent. What nobody could send for longer is not done behind anybody's back.
 *
 * What the hub merges says what its asker had seen, so it does no harm however late it comes: it waits for a shift. What
 * is judged by when it arrives would surprise whoever has gone on without it. Not its business: what merging means.
 */

import type { Kept } from "./kept.ts";

const MINUTE_MS = 60_000;
export const MERGED_MS_MAX = 12 * 60 * MINUTE_MS;
export const JUDGED_MS_MAX = 30 * MINUTE_MS;

/** What the hub merges, where its asker says what they had seen. */
const MERGED: ReadonlySet<string> = new Set([
  "add_lines",
  "fire_course",
  "serve_order",
  "void_line",
  "decide_void",
  "start_ticket",
  "bump_ticket",
  "recall_ticket",
  "rush_ticket",
  "clear_ticket",
]);

export function keptMsMax({ verb, fields }: Pick<Kept, "verb" | "fields">): number {
  return MERGED.has(verb) && "seen" in fields ? MERGED_MS_MAX : JUDGED_MS_MAX;
}
