/**
 * What travels between a hub and its screens: asking-orders.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { OrderAnswer, PlacedAnswer } from "./answers.ts";
import type { Ask } from "./asking.ts";
import type { OrderBoard } from "./boards.ts";
import type {
  OrderStatus,
  Orders,
  RestAddLines,
  RestCancelOrder,
  RestCloseOrder,
  RestDecideVoid,
  RestFireCourse,
  RestMoveLine,
  RestPlaceOrder,
  RestServeOrder,
  RestVoidLine,
} from "./orders.ts";
import type { GuestLink } from "./people.ts";

/** One page of the restaurant's orders, the newest first. */
export function showOrdersPage(
  ask: Ask,
  restaurantId: string,
  query: { readonly status?: readonly OrderStatus[]; readonly cursor?: string | null; readonly limit?: number } = {},
): Promise<Orders> {
  return ask("GET", `/restaurants/${encodeURIComponent(restaurantId)}/orders`, { query });
}

/** Take an order. Dine-in names its table and is held; pickup and delivery are fired at once. */
export function placeOrder(ask: Ask, restaurantId: string, body: RestPlaceOrder): Promise<PlacedAnswer> {
  return ask("POST", `/restaurants/${encodeURIComponent(restaurantId)}/orders`, { body });
}

/** One order with its lines and tickets, as staff see it. */
export function showOrdersOrder(ask: Ask, orderId: string): Promise<OrderAnswer> {
  return ask("GET", `/orders/${encodeURIComponent(orderId)}`);
}

/** One order as its guest may see it: for staff, for the order's link, and for the party that ordered it. */
export function showBoardsTrack(ask: Ask, orderId: string): Promise<OrderBoard> {
  return ask("GET", `/orders/${encodeURIComponent(orderId)}/track`);
}

/** The link with which the order's guest follows it: the one that was given when it was placed. */
export function showOrdersLink(ask: Ask, orderId: string): Promise<GuestLink> {
  return ask("GET", `/orders/${encodeURIComponent(orderId)}/link`);
}

/** Add lines to an order that is still open. */
export function addLines(ask: Ask, orderId: string, body: RestAddLines): Promise<OrderAnswer> {
  return ask("POST", `/orders/${encodeURIComponent(orderId)}/lines`, { body });
}

/** Take a line back. Once it is fired only a manager can. */
export function voidLine(ask: Ask, orderId: string, lineId: string, body: RestVoidLine = {}): Promise<OrderAnswer> {
  return ask("POST", `/orders/${encodeURIComponent(orderId)}/lines/${encodeURIComponent(lineId)}/void`, { body });
}

/** Say what holds where a void crossed a bump: the void stands, or the line was cooked and is the guest's. */
export function decideVoid(ask: Ask, orderId: string, lineId: string, body: RestDecideVoid): Promise<OrderAnswer> {
  return ask("POST", `/orders/${encodeURIComponent(orderId)}/lines/${encodeURIComponent(lineId)}/decide`, { body });
}

/** Say that a line is for another guest: of this order, or, while it is held, of another. No seat is all of them. */
export function moveLine(ask: Ask, orderId: string, lineId: string, body: RestMoveLine = {}): Promise<OrderAnswer> {
  return ask("POST", `/orders/${encodeURIComponent(orderId)}/lines/${encodeURIComponent(lineId)}/move`, { body });
}

/** Send what is held of a course to the kitchen. Whoever names the lines means no others. */
export function fireCourse(ask: Ask, orderId: string, course: number, body: RestFireCourse = {}): Promise<OrderAnswer> {
  return ask("POST", `/orders/${encodeURIComponent(orderId)}/courses/${encodeURIComponent(course)}/fire`, { body });
}

/** Bring what is ready, of one course or of all, to the guest. Whoever names the tickets means no others. */
export function serveOrder(ask: Ask, orderId: string, body: RestServeOrder = {}): Promise<OrderAnswer> {
  return ask("POST", `/orders/${encodeURIComponent(orderId)}/serve`, { body });
}

/** Take the whole order back. Once anything is fired only a manager can. */
export function cancelOrder(ask: Ask, orderId: string, body: RestCancelOrder = {}): Promise<OrderAnswer> {
  return ask("POST", `/orders/${encodeURIComponent(orderId)}/cancel`, { body });
}

/** Everything is served and settled. */
export function closeOrder(ask: Ask, orderId: string, body: RestCloseOrder = {}): Promise<OrderAnswer> {
  return ask("POST", `/orders/${encodeURIComponent(orderId)}/close`, { body });
}
