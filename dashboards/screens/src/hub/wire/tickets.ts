/**
 * What travels between a hub and its screens: tickets.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Seen } from "./command.ts";
import type { OrderKind } from "./orders.ts";

/** My station is done with this. `lineIds` are the lines that stood on it unvoided, to whoever bumps it. */
export interface BumpTicket {
  readonly seen?: Seen | null;
  readonly ticketId: string;
  readonly recalls?: number | null;
  readonly lineIds?: readonly string[] | null;
}

/** I have seen that this is voided. `restores` is how often lines of it had been restored by then, all together. */
export interface ClearTicket {
  readonly seen?: Seen | null;
  readonly ticketId: string;
  readonly recalls?: number | null;
  readonly restores?: number | null;
}

/** I bumped this too early. */
export interface RecallTicket {
  readonly seen?: Seen | null;
  readonly ticketId: string;
  readonly recalls?: number | null;
}

/** This one before the others. */
export interface RushTicket {
  readonly seen?: Seen | null;
  readonly ticketId: string;
  readonly recalls?: number | null;
}

/** What boards and answers say of a ticket as it stands. */
export interface ShownTicket {
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
}

/** I am cooking this. */
export interface StartTicket {
  readonly seen?: Seen | null;
  readonly ticketId: string;
  readonly recalls?: number | null;
}

/** Its station's screen has not shown it, so its station's backup shows it as well, until it is done. */
export interface TicketBackedUp {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
  readonly number: number;
  readonly kind: OrderKind;
  readonly tableId: string | null;
  readonly tableName: string | null;
  readonly customerName: string | null;
  readonly stationName: string;
  readonly course: number;
  readonly lines: readonly TicketLine[];
  readonly isRushed: boolean;
  readonly firedAt: string;
}

/** The station is done with it. `ticketSeconds` is the ticket time: from fired to bumped. */
export interface TicketBumped {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
  readonly ticketSeconds: number;
}

/** The station has seen the void and cleared the ticket away. */
export interface TicketCleared {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
}

/** A station is to cook its share of a course, now. */
export interface TicketFired {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
  readonly number: number;
  readonly kind: OrderKind;
  readonly tableId: string | null;
  readonly tableName: string | null;
  readonly customerName: string | null;
  readonly stationName: string;
  readonly course: number;
  readonly lines: readonly TicketLine[];
}

/**
 * What the cook reads: quantity, what, how, and what could hurt the guest.
 *
 * A void that crossed a bump is disputed until somebody decides it; `restores` counts its ways back from that.
 */
export interface TicketLine {
  readonly lineId: string;
  readonly itemId: string;
  readonly name: string;
  readonly quantity: number;
  readonly modifiers: readonly string[];
  readonly note: string | null;
  readonly seat: number | null;
  readonly allergens: readonly string[];
  readonly prepSeconds: number;
  readonly isVoided: boolean;
  readonly isDisputed: boolean;
  readonly restores: number;
}

/** It was bumped too early, and the station has it back. */
export interface TicketRecalled {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
}

/** This one goes before the others. */
export interface TicketRushed {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
}

/** The food is with the guest; the ticket leaves the kitchen's screens. */
export interface TicketServed {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
}

/** A cook is on it. */
export interface TicketStarted {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
}

export type TicketStatus = "fired" | "started" | "bumped" | "served" | "voided" | "cleared";

/** Nothing on it is wanted any more. It stays on the screens until the station clears it away. */
export interface TicketVoided {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
}

/** A line was voided by somebody who did not know that it was done, and done by somebody who did not know that. */
export interface VoidCrossed {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
  readonly number: number;
  readonly kind: OrderKind;
  readonly tableId: string | null;
  readonly tableName: string | null;
  readonly customerName: string | null;
  readonly stationName: string;
  readonly course: number;
  readonly lines: readonly TicketLine[];
  readonly lineId: string;
  readonly status: TicketStatus;
  readonly isRushed: boolean;
  readonly firedAt: string;
  readonly startedAt: string | null;
  readonly bumpedAt: string | null;
  readonly recalls: number;
}

/** Somebody at the pass said what holds: the void `stands`, or the line is the guest's, and on the bill. */
export interface VoidDecided {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
  readonly number: number;
  readonly kind: OrderKind;
  readonly tableId: string | null;
  readonly tableName: string | null;
  readonly customerName: string | null;
  readonly stationName: string;
  readonly course: number;
  readonly lines: readonly TicketLine[];
  readonly lineId: string;
  readonly status: TicketStatus;
  readonly isRushed: boolean;
  readonly firedAt: string;
  readonly startedAt: string | null;
  readonly bumpedAt: string | null;
  readonly recalls: number;
  readonly stands: boolean;
}

/** My station is done with this. `lineIds` are the lines that stood on it unvoided, to whoever bumps it. */
export interface RestBumpTicket {
  readonly seen?: Seen | null;
  readonly recalls?: number | null;
  readonly lineIds?: readonly string[] | null;
}

/** I have seen that this is voided. `restores` is how often lines of it had been restored by then, all together. */
export interface RestClearTicket {
  readonly seen?: Seen | null;
  readonly recalls?: number | null;
  readonly restores?: number | null;
}

/** I bumped this too early. */
export interface RestRecallTicket {
  readonly seen?: Seen | null;
  readonly recalls?: number | null;
}

/** This one before the others. */
export interface RestRushTicket {
  readonly seen?: Seen | null;
  readonly recalls?: number | null;
}

/** I am cooking this. */
export interface RestStartTicket {
  readonly seen?: Seen | null;
  readonly recalls?: number | null;
}
