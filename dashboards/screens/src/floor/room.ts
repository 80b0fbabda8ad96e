/**
 * The floor's room as this screen follows it: the board, and which edition of the menu goes with it.
 *
 * The board knows what is off and how much is left; names, prices and modifiers are read by REST, and must be read
 * again when an entry says that they changed, and when the board is a fresh one: nobody knows what came before it.
 */

import { type BoardKind, BOARDS } from "../hub/index.ts";
import type { Entry, WaitersBoard } from "../hub/wire.ts";

export function floorRoom(restaurantId: string): string {
  return `waiters:${restaurantId}`;
}

const MENU_NEWS: ReadonlySet<Entry["event"]> = new Set([
  "menu_section_added",
  "item_added",
  "item_changed",
  "item_removed",
  "station_added",
]);

const editions = new WeakMap<WaitersBoard, number>();
let editionsCount = 0;

/** A number that differs wherever menu or stations must be read again. */
export function menuEdition(board: WaitersBoard): number {
  const known = editions.get(board);
  if (known !== undefined) return known;
  editionsCount += 1;
  editions.set(board, editionsCount);
  return editionsCount;
}

export const FLOOR: BoardKind<WaitersBoard> = {
  ...BOARDS.waiters,
  apply: (board, entry) => {
    const after = BOARDS.waiters.apply(board, entry);
    // A board that nobody has seen yet gets its number when it is seen.
    if (MENU_NEWS.has(entry.event)) return after === board ? { ...after } : after;
    editions.set(after, menuEdition(board));
    return after;
  },
};
