/**
 * What each kind of room shows, and what an entry does to it: the table of contents.
 *
 * The law that every board obeys, here as in the hub: the old board and the entries since, as its room hears them, make
 * the board that would be read afresh. An entry that means nothing to a board, or that is not known here yet, leaves it
 * the same object; so does every part that an entry does not change. Not its business: chains and gaps (`../room.ts`).
 */

import type { BoardKind } from "../room.ts";
import type { Boards } from "../wire.ts";
import { applyToItem } from "./item.ts";
import { applyToPass, applyToStation } from "./kitchen.ts";
import { applyToOrder } from "./order.ts";
import { applyToTable } from "./table.ts";
import { applyToAnnouncements, applyToOwn } from "./user.ts";
import { applyToWaiters } from "./waiters.ts";

export const BOARDS: { readonly [K in keyof Boards]: BoardKind<Boards[K]> } = {
  pass: { apply: applyToPass, isRemembered: true },
  station: { apply: applyToStation, isRemembered: true },
  waiters: { apply: applyToWaiters, isRemembered: true },
  table: { apply: applyToTable },
  order: { apply: applyToOrder },
  item: { apply: applyToItem },
  user: { apply: applyToOwn, isRemembered: true },
  announcements: { apply: applyToAnnouncements, isRemembered: true },
};
