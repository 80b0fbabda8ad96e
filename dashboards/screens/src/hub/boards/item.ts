/**
 * How much is left of one item, for whoever follows it.
 *
 * Not its business: the menu, and what the floor and the pass see of all items at once (`house.ts`).
 */

import type { Entry, ItemBoard } from "../wire.ts";
import { changed } from "./sharing.ts";

export function applyToItem(board: ItemBoard, entry: Entry): ItemBoard {
  if (entry.event !== "inventory_update") return board;
  const { quantity, details } = entry;
  return changed(board, { name: details.productName, quantity, available: details.available });
}
