/**
 * What travels between a hub and its screens: commands.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { AddSection, AddTable, ChangeTable, RemoveTable, SeatParty, SetTableStatus } from "./floor.ts";
import type {
  AddItem,
  AddMenuSection,
  AddStation,
  ChangeItem,
  EightySixItem,
  RemoveItem,
  RestoreItem,
  SetStationBackup,
} from "./menu.ts";
import type {
  AddLines,
  CancelOrder,
  CloseOrder,
  DecideVoid,
  FireCourse,
  MoveLine,
  PlaceOrder,
  ServeOrder,
  VoidLine,
} from "./orders.ts";
import type { Announce, GiveRole, TakeRole } from "./people.ts";
import type { BumpTicket, ClearTicket, RecallTicket, RushTicket, StartTicket } from "./tickets.ts";

/** What each verb asks. */
export interface Commands {
  readonly place_order: PlaceOrder;
  readonly add_lines: AddLines;
  readonly fire_course: FireCourse;
  readonly serve_order: ServeOrder;
  readonly void_line: VoidLine;
  readonly decide_void: DecideVoid;
  readonly move_line: MoveLine;
  readonly cancel_order: CancelOrder;
  readonly close_order: CloseOrder;
  readonly start_ticket: StartTicket;
  readonly bump_ticket: BumpTicket;
  readonly recall_ticket: RecallTicket;
  readonly rush_ticket: RushTicket;
  readonly clear_ticket: ClearTicket;
  readonly add_section: AddSection;
  readonly add_table: AddTable;
  readonly change_table: ChangeTable;
  readonly set_table_status: SetTableStatus;
  readonly remove_table: RemoveTable;
  readonly seat_party: SeatParty;
  readonly add_station: AddStation;
  readonly set_station_backup: SetStationBackup;
  readonly add_menu_section: AddMenuSection;
  readonly add_item: AddItem;
  readonly change_item: ChangeItem;
  readonly remove_item: RemoveItem;
  readonly eighty_six_item: EightySixItem;
  readonly restore_item: RestoreItem;
  readonly give_role: GiveRole;
  readonly take_role: TakeRole;
  readonly announce: Announce;
}

/** Every verb there is. */
export const VERBS = [
  "place_order",
  "add_lines",
  "fire_course",
  "serve_order",
  "void_line",
  "decide_void",
  "move_line",
  "cancel_order",
  "close_order",
  "start_ticket",
  "bump_ticket",
  "recall_ticket",
  "rush_ticket",
  "clear_ticket",
  "add_section",
  "add_table",
  "change_table",
  "set_table_status",
  "remove_table",
  "seat_party",
  "add_station",
  "set_station_backup",
  "add_menu_section",
  "add_item",
  "change_item",
  "remove_item",
  "eighty_six_item",
  "restore_item",
  "give_role",
  "take_role",
  "announce",
] as const satisfies readonly (keyof Commands)[];
