/**
 * One order as its guest may see it: how far it is, what is on it, and what it comes to.
 *
 * Not its business: the floor's view of an order (`waiters.ts`).
 */

import type { Entry, GuestOrder, OrderBoard, OrderStatusUpdate } from "../wire.ts";
import { changed, kept } from "./sharing.ts";

export function applyToOrder(board: OrderBoard, entry: Entry): OrderBoard {
  return entry.event === "order_status_update" && entry.orderId === board.orderId ? updated(board, entry) : board;
}

/** The order after news of it; its lines are as they were unless they are told anew. */
export function updated<T extends GuestOrder>(order: T, { status, details }: OrderStatusUpdate): T {
  const { message, total, tax } = details;
  const lines = details.lines === null ? order.lines : kept(order.lines, details.lines, (one) => one.lineId);
  return changed<T, GuestOrder>(order, { status, message, total, tax, lines });
}
