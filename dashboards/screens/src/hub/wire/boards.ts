/**
 * What travels between a hub and its screens: boards.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { AlertKind, TableStatus } from "./floor.ts";
import type { Money } from "./money.ts";
import type { GuestLine, OrderKind, OrderLine, OrderStatus } from "./orders.ts";
import type { NoticeKind } from "./people.ts";
import type { Role } from "./rights.ts";
import type { ShownTicket, TicketLine, TicketStatus } from "./tickets.ts";

/** Something waits longer than the house allows: a ticket, with its order and station, or a table. */
export interface Alert {
  readonly alertId: string;
  readonly kind: AlertKind;
  readonly ticketId: string | null;
  readonly orderId: string | null;
  readonly stationId: string | null;
  readonly tableId: string | null;
  readonly raisedAt: string;
}

/** The last announcements for everybody, newest first; in the room `announcements:<role>`, those for that role. */
export interface AnnouncementsBoard {
  readonly announcements: readonly Notice[];
}

/** An order that is still open, as staff see it. */
export interface FloorOrder {
  readonly orderId: string;
  readonly number: number;
  readonly kind: OrderKind;
  readonly status: OrderStatus;
  readonly tableId: string | null;
  readonly tableName: string | null;
  readonly seatingId: string | null;
  readonly customerName: string | null;
  readonly placedAt: string;
  readonly total: Money;
  readonly tax: Money;
  readonly lines: readonly OrderLine[];
  readonly tickets: readonly ShownTicket[];
}

export interface FloorSection {
  readonly sectionId: string;
  readonly name: string;
}

/** A table on the plan, and how its evening is going. */
export interface FloorTable {
  readonly tableId: string;
  readonly sectionId: string;
  readonly name: string;
  readonly seats: number;
  readonly x: number;
  readonly y: number;
  readonly status: TableStatus;
  readonly statusSince: string;
  readonly seating: SeatedParty | null;
}

/** `lines` are those that are still wanted; `message` is the sentence a guest reads. */
export interface GuestOrder {
  readonly orderId: string;
  readonly number: number;
  readonly kind: OrderKind;
  readonly status: OrderStatus;
  readonly message: string;
  readonly total: Money;
  readonly tax: Money;
  readonly lines: readonly GuestLine[];
}

/** `quantity` is null where nobody counts. An item that left the menu is shown to its followers as not available. */
export interface ItemBoard {
  readonly productId: string;
  readonly name: string;
  readonly quantity: number | null;
  readonly available: boolean;
}

/** Something that was said to a person, or to everybody. */
export interface Notice {
  readonly title: string;
  readonly message: string;
  readonly type: NoticeKind;
  readonly timestamp: string;
}

/** What somebody who follows one order sees. */
export interface OrderBoard {
  readonly orderId: string;
  readonly number: number;
  readonly kind: OrderKind;
  readonly status: OrderStatus;
  readonly message: string;
  readonly total: Money;
  readonly tax: Money;
  readonly lines: readonly GuestLine[];
  readonly restaurantName: string;
  readonly placedAt: string;
}

/** The expo's screen: all stations, and what the floor knows too. */
export interface PassBoard {
  readonly restaurantId: string;
  readonly alerts: readonly Alert[];
  readonly eightySixed: readonly string[];
  readonly portions: Readonly<Record<string, number>>;
  readonly stations: readonly Station[];
  readonly tickets: readonly TicketCard[];
  readonly allDay: readonly Wanted[];
}

/** The party at a table. `covers` counts its guests. */
export interface SeatedParty {
  readonly seatingId: string;
  readonly covers: number;
  readonly seatedAt: string;
}

/** A station, and the one that shows its tickets as well when its own screen does not. */
export interface Station {
  readonly stationId: string;
  readonly name: string;
  readonly backupStationId: string | null;
}

/** One station's screen. */
export interface StationBoard {
  readonly restaurantId: string;
  readonly station: Station;
  readonly tickets: readonly TicketCard[];
  readonly allDay: readonly Wanted[];
}

/** `orders` are the present party's, also those that are closed, until it leaves. */
export interface TableBoard {
  readonly tableId: string;
  readonly name: string;
  readonly seats: number;
  readonly status: TableStatus;
  readonly statusSince: string;
  readonly seating: SeatedParty | null;
  readonly orders: readonly GuestOrder[];
}

/** One ticket as it hangs in the kitchen. */
export interface TicketCard {
  readonly ticketId: string;
  readonly stationId: string;
  readonly course: number;
  readonly status: TicketStatus;
  readonly isRushed: boolean;
  readonly firedAt: string;
  readonly startedAt: string | null;
  readonly bumpedAt: string | null;
  readonly backupStationId: string | null;
  readonly recalls: number;
  readonly orderId: string;
  readonly number: number;
  readonly kind: OrderKind;
  readonly tableId: string | null;
  readonly tableName: string | null;
  readonly customerName: string | null;
  readonly stationName: string;
  readonly lines: readonly TicketLine[];
}

/** One person's own screen: the last notices, newest first, and what they are to which restaurant. */
export interface UserBoard {
  readonly userId: string;
  readonly notices: readonly Notice[];
  readonly roles: Readonly<Record<string, readonly Role[]>>;
}

/** The whole floor at once. */
export interface WaitersBoard {
  readonly restaurantId: string;
  readonly alerts: readonly Alert[];
  readonly eightySixed: readonly string[];
  readonly portions: Readonly<Record<string, number>>;
  readonly sections: readonly FloorSection[];
  readonly tables: readonly FloorTable[];
  readonly orders: readonly FloorOrder[];
}

/** All day: how many of an item are still to be cooked, over all tickets. */
export interface Wanted {
  readonly itemId: string;
  readonly name: string;
  readonly quantity: number;
}

/**
 * A room's board, or what happened since `since`, and the number that whoever has applied all of it holds.
 *
 * With `recovered: true` there are entries and no board, and with `more: true` more are to be asked for, since `seq`.
 * Boards and entries have the shapes of the rooms' own document.
 */
export interface RoomAnswer {
  readonly room: string;
  readonly epoch: string;
  readonly seq: number;
  readonly recovered?: boolean | null;
  readonly board?: Readonly<Record<string, unknown>> | null;
  readonly entries: readonly Readonly<Record<string, unknown>>[];
  readonly more: boolean;
}

/** What each kind of room shows. */
export interface Boards {
  readonly pass: PassBoard;
  readonly station: StationBoard;
  readonly waiters: WaitersBoard;
  readonly table: TableBoard;
  readonly order: OrderBoard;
  readonly item: ItemBoard;
  readonly user: UserBoard;
  readonly announcements: AnnouncementsBoard;
}
