/**
 * The floor's room as this screen follows it: the board, and when the menu last became another one.
 *
 * The board knows what is off and how much is left; names, prices and modifiers are read by REST, and must be read
 * again when an entry says that they changed.
 */

import { type BoardKind, BOARDS } from "../hub/index.ts";
import type { Entry, WaitersBoard } from "../hub/wire.ts";

export interface FloorBoard extends WaitersBoard {
  /** The number of the last entry after which menu or stations must be read again. */
  readonly menuSeq?: number;
}

const MENU_NEWS: ReadonlySet<Entry["event"]> = new Set([
  "menu_section_added",
  "item_added",
  "item_changed",
  "item_removed",
  "station_added",
]);

export const FLOOR: BoardKind<FloorBoard> = {
  apply: (board, entry) => {
    const { menuSeq } = board;
    const after: FloorBoard = BOARDS.waiters.apply(board, entry);
    if (MENU_NEWS.has(entry.event)) return { ...after, menuSeq: entry.seq };
    // Also where a board is put together anew, what is known of the menu stays.
    return after === board || menuSeq === undefined || after.menuSeq === menuSeq ? after : { ...after, menuSeq };
  },
};
