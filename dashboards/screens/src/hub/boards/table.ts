/**
 * One table as the party that sits at it may see it: the table, how long they sit, and what they ordered.
 *
 * When the party leaves the board forgets it, and the next one begins with nothing. Not its business: the floor as a
 * whole (`waiters.ts`).
 */

import type { Entry, GuestOrder, OrderStatusUpdate, PartySeated, Place, SeatedParty, TableBoard } from "../wire.ts";
import { updated } from "./order.ts";
import { changed, eachChanged } from "./sharing.ts";
import { sorted } from "./sorting.ts";

export function applyToTable(board: TableBoard, entry: Entry): TableBoard {
  switch (entry.event) {
    case "table_changed":
      return changed(board, { name: entry.table.name, seats: entry.table.seats });
    case "table_status_changed":
      return changed(board, { status: entry.status, statusSince: entry.timestamp });
    case "party_seated":
      return changed(board, { seating: seated(entry), orders: [] });
    case "party_left":
      return changed(board, { seating: null, orders: [] });
    case "order_status_update":
      return board.seating === null ? board : changed(board, { orders: ordersAfter(board.orders, entry) });
    default:
      return board;
  }
}

export function seated({ seatingId, covers, timestamp }: PartySeated & Place): SeatedParty {
  return { seatingId, covers, seatedAt: timestamp };
}

/** The party's orders after news of one of them, which may be a new one: its first news tells its lines. */
function ordersAfter(orders: readonly GuestOrder[], news: OrderStatusUpdate): readonly GuestOrder[] {
  if (orders.some((one) => one.orderId === news.orderId)) {
    return eachChanged(orders, (one) => (one.orderId === news.orderId ? updated(one, news) : one));
  }
  const { number, kind, message, total, tax, lines } = news.details;
  const added: GuestOrder = {
    orderId: news.orderId,
    number,
    kind,
    status: news.status,
    message,
    total,
    tax,
    lines: lines ?? [],
  };
  // As they were born: guests are not told at what moment each was placed, so its id must decide.
  return sorted([...orders, added], (one) => one.orderId);
}
