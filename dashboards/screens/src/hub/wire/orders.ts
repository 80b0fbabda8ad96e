/**
 * What travels between a hub and its screens: orders.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { OrderAnswer } from "./answers.ts";
import type { Seen } from "./command.ts";
import type { Money } from "./money.ts";

/** Add lines to an order that is still open. */
export interface AddLines {
  readonly seen?: Seen | null;
  readonly orderId: string;
  readonly lines: readonly WantedLine[];
}

/** Take the whole order back. Once anything is fired only a manager can. */
export interface CancelOrder {
  readonly seen?: Seen | null;
  readonly orderId: string;
  readonly reason?: string | null;
}

/** A modifier as it was chosen: name and price are of that moment. */
export interface ChosenModifier {
  readonly modifierId: string;
  readonly name: string;
  readonly priceDelta: Money;
}

/** Everything is served and settled. */
export interface CloseOrder {
  readonly seen?: Seen | null;
  readonly orderId: string;
}

/**
 * Say what holds where a void crossed a bump: the void stands, or the line was cooked and is the guest's.
 *
 * `restores` is how often the line had been restored, as the asker knew it.
 */
export interface DecideVoid {
  readonly seen?: Seen | null;
  readonly orderId: string;
  readonly lineId: string;
  readonly stands: boolean;
  readonly restores?: number | null;
}

/** Send what is held of a course to the kitchen. Whoever names the lines means no others. */
export interface FireCourse {
  readonly seen?: Seen | null;
  readonly orderId: string;
  readonly course: number;
  readonly lineIds?: readonly string[] | null;
}

/** One line as the guest who ordered it may see it: no note, no station, nobody's name. */
export interface GuestLine {
  readonly lineId: string;
  readonly name: string;
  readonly quantity: number;
  readonly modifiers: readonly string[];
  readonly price: Money;
}

/** A line is for `seat` now, and on the order `toOrderId`, behind what was there; often the one it was on before. */
export interface LineMoved {
  readonly orderId: string;
  readonly lineId: string;
  readonly toOrderId: string;
  readonly seat: number | null;
  readonly ticketId: string | null;
  readonly stationId: string | null;
  readonly backupStationId: string | null;
}

export type LineStatus = "held" | "fired" | "voided";

/** A line is not wanted any more. If it was fired, its ticket shows the difference. */
export interface LineVoided {
  readonly orderId: string;
  readonly lineId: string;
  readonly ticketId: string | null;
  readonly stationId: string | null;
  readonly backupStationId: string | null;
  readonly reason: string | null;
}

/** More was ordered on an order that was already there. */
export interface LinesAdded {
  readonly orderId: string;
  readonly lines: readonly OrderLine[];
}

/** Say that a line is for another guest: of this order, or, while it is held, of another. No seat is all of them. */
export interface MoveLine {
  readonly seen?: Seen | null;
  readonly orderId: string;
  readonly lineId: string;
  readonly toOrderId?: string | null;
  readonly seat?: number | null;
}

/** The whole order is off. */
export interface OrderCancelled {
  readonly orderId: string;
  readonly reason: string | null;
}

/** Everything is served and settled; the order leaves the floor. */
export interface OrderClosed {
  readonly orderId: string;
}

/** What a guest is told about an order. `lines` is null where the lines are as they were. */
export interface OrderDetails {
  readonly number: number;
  readonly kind: OrderKind;
  readonly tableId: string | null;
  readonly message: string;
  readonly total: Money;
  readonly tax: Money;
  readonly lines: readonly GuestLine[] | null;
}

export type OrderKind = "dine_in" | "pickup" | "delivery";

/**
 * One line as staff see it. `unitPrice` includes the modifiers.
 *
 * A void that crossed a bump is disputed until somebody decides it; `restores` counts the lines' ways back from it.
 */
export interface OrderLine {
  readonly lineId: string;
  readonly itemId: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly modifiers: readonly ChosenModifier[];
  readonly note: string | null;
  readonly seat: number | null;
  readonly course: number;
  readonly status: LineStatus;
  readonly ticketId: string | null;
  readonly isDisputed: boolean;
  readonly restores: number;
}

/** An order was taken; its lines are held until they are fired. */
export interface OrderPlaced {
  readonly orderId: string;
  readonly number: number;
  readonly kind: OrderKind;
  readonly tableId: string | null;
  readonly tableName: string | null;
  readonly seatingId: string | null;
  readonly customerName: string | null;
  readonly lines: readonly OrderLine[];
}

/** How far an order is. It follows the order's tickets; only closing and cancelling are said outright. */
export type OrderStatus = "placed" | "in_kitchen" | "ready" | "served" | "closed" | "cancelled";

/**
 * How far an order is, as its guest, its table and the floor may know it.
 *
 * Name and shape come from systems whose clients exist: `{orderId, status, details, timestamp}`.
 */
export interface OrderStatusUpdate {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly details: OrderDetails;
}

/** Take an order. Dine-in names its table and is held; pickup and delivery are fired at once. */
export interface PlaceOrder {
  readonly seen?: Seen | null;
  readonly restaurantId: string;
  readonly kind: OrderKind;
  readonly tableId?: string | null;
  readonly customerName?: string | null;
  readonly lines: readonly WantedLine[];
}

/** A ticket that somebody saw to be ready: how often it had been recalled, and its lines that were not voided. */
export interface ReadyTicket {
  readonly ticketId: string;
  readonly recalls: number;
  readonly lineIds: readonly string[];
}

/** Bring what is ready, of one course or of all, to the guest. Whoever names the tickets means no others. */
export interface ServeOrder {
  readonly seen?: Seen | null;
  readonly orderId: string;
  readonly course?: number | null;
  readonly tickets?: readonly ReadyTicket[] | null;
}

/**
 * Take a line back. Once it is fired only a manager can.
 *
 * `bumps` is how often its ticket had been bumped as the asker knew it, and none for what is held; `restores` how often
 * the line had been restored. Whoever knows it to be served names no bumps, and is refused.
 */
export interface VoidLine {
  readonly seen?: Seen | null;
  readonly orderId: string;
  readonly lineId: string;
  readonly reason?: string | null;
  readonly bumps?: number | null;
  readonly restores?: number | null;
}

/** One line as it is asked for. A modifier that is wanted twice is named twice. */
export interface WantedLine {
  readonly itemId: string;
  readonly quantity?: number;
  readonly course?: number;
  readonly seat?: number | null;
  readonly note?: string | null;
  readonly modifiers?: readonly string[];
}

/** Add lines to an order that is still open. */
export interface RestAddLines {
  readonly seen?: Seen | null;
  readonly lines: readonly WantedLine[];
}

/** Take the whole order back. Once anything is fired only a manager can. */
export interface RestCancelOrder {
  readonly seen?: Seen | null;
  readonly reason?: string | null;
}

/** Everything is served and settled. */
export interface RestCloseOrder {
  readonly seen?: Seen | null;
}

/**
 * Say what holds where a void crossed a bump: the void stands, or the line was cooked and is the guest's.
 *
 * `restores` is how often the line had been restored, as the asker knew it.
 */
export interface RestDecideVoid {
  readonly seen?: Seen | null;
  readonly stands: boolean;
  readonly restores?: number | null;
}

/** Send what is held of a course to the kitchen. Whoever names the lines means no others. */
export interface RestFireCourse {
  readonly seen?: Seen | null;
  readonly lineIds?: readonly string[] | null;
}

/** Say that a line is for another guest: of this order, or, while it is held, of another. No seat is all of them. */
export interface RestMoveLine {
  readonly seen?: Seen | null;
  readonly toOrderId?: string | null;
  readonly seat?: number | null;
}

/** Orders, the newest first. */
export interface Orders {
  readonly nextCursor: string | null;
  readonly items: readonly OrderAnswer[];
}

/** Take an order. Dine-in names its table and is held; pickup and delivery are fired at once. */
export interface RestPlaceOrder {
  readonly seen?: Seen | null;
  readonly kind: OrderKind;
  readonly tableId?: string | null;
  readonly customerName?: string | null;
  readonly lines: readonly WantedLine[];
}

/** Bring what is ready, of one course or of all, to the guest. Whoever names the tickets means no others. */
export interface RestServeOrder {
  readonly seen?: Seen | null;
  readonly course?: number | null;
  readonly tickets?: readonly ReadyTicket[] | null;
}

/**
 * Take a line back. Once it is fired only a manager can.
 *
 * `bumps` is how often its ticket had been bumped as the asker knew it, and none for what is held; `restores` how often
 * the line had been restored. Whoever knows it to be served names no bumps, and is refused.
 */
export interface RestVoidLine {
  readonly seen?: Seen | null;
  readonly reason?: string | null;
  readonly bumps?: number | null;
  readonly restores?: number | null;
}
