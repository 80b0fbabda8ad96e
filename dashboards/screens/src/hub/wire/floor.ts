/**
 * What travels between a hub and its screens: floor.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { TableAnswer } from "./answers.ts";
import type { Seen } from "./command.ts";

/** Add a section to the floor. */
export interface AddSection {
  readonly seen?: Seen | null;
  readonly restaurantId: string;
  readonly name: string;
}

/** Put a table on the plan. `x` and `y` are hundredths of a per cent of the room's width and height. */
export interface AddTable {
  readonly seen?: Seen | null;
  readonly restaurantId: string;
  readonly sectionId: string;
  readonly name: string;
  readonly seats: number;
  readonly x?: number;
  readonly y?: number;
}

/** What the alert was about has been taken care of. */
export interface AlertCleared {
  readonly alertId: string;
}

export type AlertKind = "ticket_not_started" | "table_waiting" | "ticket_not_seen";

/**
 * Something waits longer than the house allows.
 *
 * A ticket that nobody started, a table that nobody asked, or a ticket that no screen of its station has shown.
 */
export interface AlertRaised {
  readonly alertId: string;
  readonly kind: AlertKind;
  readonly ticketId: string | null;
  readonly orderId: string | null;
  readonly stationId: string | null;
  readonly tableId: string | null;
}

/** Change a table on the plan. What is not named stays as it is. */
export interface ChangeTable {
  readonly seen?: Seen | null;
  readonly tableId: string;
  readonly sectionId?: string | null;
  readonly name?: string | null;
  readonly seats?: number | null;
  readonly x?: number | null;
  readonly y?: number | null;
}

/** The party is gone, and its link opens nothing any more. */
export interface PartyLeft {
  readonly tableId: string;
  readonly seatingId: string;
}

/** A party sat down. `covers` counts its guests. */
export interface PartySeated {
  readonly tableId: string;
  readonly seatingId: string;
  readonly covers: number;
}

/** Take a free table off the plan. */
export interface RemoveTable {
  readonly seen?: Seen | null;
  readonly tableId: string;
}

/** Seat a party of so many covers. */
export interface SeatParty {
  readonly seen?: Seen | null;
  readonly tableId: string;
  readonly covers: number;
}

/** The floor has a new section. */
export interface SectionAdded {
  readonly sectionId: string;
  readonly sectionName: string;
}

/** Say what state a table is in. */
export interface SetTableStatus {
  readonly seen?: Seen | null;
  readonly tableId: string;
  readonly status: TableStatus;
}

/** A table was put on the plan. */
export interface TableAdded {
  readonly table: TablePlan;
}

/** A table has another name, section, number of seats, or place on the plan. */
export interface TableChanged {
  readonly table: TablePlan;
}

/** A table as it stands on the plan: `x` and `y` are hundredths of a per cent of the room's width and height. */
export interface TablePlan {
  readonly tableId: string;
  readonly sectionId: string;
  readonly name: string;
  readonly seats: number;
  readonly x: number;
  readonly y: number;
}

/** A table was taken off the plan. Whoever watches it hears this last, and its room closes. */
export interface TableRemoved {
  readonly tableId: string;
}

export type TableStatus = "free" | "held" | "seated" | "ordered" | "eating" | "bill" | "dirty";

/** A table is in another state of its evening. */
export interface TableStatusChanged {
  readonly tableId: string;
  readonly status: TableStatus;
}

/** Add a section to the floor. */
export interface RestAddSection {
  readonly seen?: Seen | null;
  readonly name: string;
}

/** Put a table on the plan. `x` and `y` are hundredths of a per cent of the room's width and height. */
export interface RestAddTable {
  readonly seen?: Seen | null;
  readonly sectionId: string;
  readonly name: string;
  readonly seats: number;
  readonly x?: number;
  readonly y?: number;
}

/** Change a table on the plan. What is not named stays as it is. */
export interface RestChangeTable {
  readonly seen?: Seen | null;
  readonly sectionId?: string | null;
  readonly name?: string | null;
  readonly seats?: number | null;
  readonly x?: number | null;
  readonly y?: number | null;
}

/** Take a free table off the plan. */
export interface RestRemoveTable {
  readonly seen?: Seen | null;
}

/** Seat a party of so many covers. */
export interface RestSeatParty {
  readonly seen?: Seen | null;
  readonly covers: number;
}

/** A section of the floor: one waiter's tables. */
export interface Section {
  readonly id: string;
  readonly name: string;
}

export interface Sections {
  readonly nextCursor: string | null;
  readonly items: readonly Section[];
}

/** Say what state a table is in. */
export interface RestSetTableStatus {
  readonly seen?: Seen | null;
  readonly status: TableStatus;
}

export interface Tables {
  readonly nextCursor: string | null;
  readonly items: readonly TableAnswer[];
}
