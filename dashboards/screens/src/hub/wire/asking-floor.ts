/**
 * What travels between a hub and its screens: asking-floor.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { GoneAnswer, SeatingAnswer, SectionAnswer, TableAnswer } from "./answers.ts";
import type { Ask } from "./asking.ts";
import type {
  RestAddSection,
  RestAddTable,
  RestChangeTable,
  RestRemoveTable,
  RestSeatParty,
  RestSetTableStatus,
  Sections,
  Tables,
} from "./floor.ts";
import type { GuestLink } from "./people.ts";

/** The floor's sections, in the order in which they were added. */
export function showFloorSections(ask: Ask, restaurantId: string): Promise<Sections> {
  return ask("GET", `/restaurants/${encodeURIComponent(restaurantId)}/sections`);
}

/** Add a section to the floor. */
export function addSection(ask: Ask, restaurantId: string, body: RestAddSection): Promise<SectionAnswer> {
  return ask("POST", `/restaurants/${encodeURIComponent(restaurantId)}/sections`, { body });
}

/** Every table on the plan, in the order in which they were added. */
export function showFloorTables(ask: Ask, restaurantId: string): Promise<Tables> {
  return ask("GET", `/restaurants/${encodeURIComponent(restaurantId)}/tables`);
}

/** Put a table on the plan. `x` and `y` are hundredths of a per cent of the room's width and height. */
export function addTable(ask: Ask, restaurantId: string, body: RestAddTable): Promise<TableAnswer> {
  return ask("POST", `/restaurants/${encodeURIComponent(restaurantId)}/tables`, { body });
}

/** One table. */
export function showFloorTable(ask: Ask, tableId: string): Promise<TableAnswer> {
  return ask("GET", `/tables/${encodeURIComponent(tableId)}`);
}

/** Say what state a table is in. */
export function setTableStatus(ask: Ask, tableId: string, body: RestSetTableStatus): Promise<TableAnswer> {
  return ask("PATCH", `/tables/${encodeURIComponent(tableId)}`, { body });
}

/** Take a free table off the plan. */
export function removeTable(ask: Ask, tableId: string, body: RestRemoveTable = {}): Promise<GoneAnswer> {
  return ask("DELETE", `/tables/${encodeURIComponent(tableId)}`, { body });
}

/** The link of the party that sits at the table: the one that was given when it was seated. */
export function showFloorLink(ask: Ask, tableId: string): Promise<GuestLink> {
  return ask("GET", `/tables/${encodeURIComponent(tableId)}/link`);
}

/** Change a table on the plan. What is not named stays as it is. */
export function changeTable(ask: Ask, tableId: string, body: RestChangeTable = {}): Promise<TableAnswer> {
  return ask("PATCH", `/tables/${encodeURIComponent(tableId)}/plan`, { body });
}

/** Seat a party of so many covers. */
export function seatParty(ask: Ask, tableId: string, body: RestSeatParty): Promise<SeatingAnswer> {
  return ask("POST", `/tables/${encodeURIComponent(tableId)}/seatings`, { body });
}
