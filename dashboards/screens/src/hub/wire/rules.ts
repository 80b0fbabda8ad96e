/**
 * What travels between a hub and its screens: rules.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Commands } from "./commands.ts";
import type { TableStatus } from "./floor.ts";
import type { OrderStatus } from "./orders.ts";
import type { Permission, Role } from "./rights.ts";
import type { TicketStatus } from "./tickets.ts";

/** Who may ask what. Rules come after. */
export const MAY_ASK: Readonly<Record<keyof Commands, readonly Role[]>> = {
  place_order: ["expo", "guest", "host", "manager", "owner", "waiter"],
  add_lines: ["expo", "guest", "host", "manager", "owner", "waiter"],
  fire_course: ["expo", "host", "manager", "owner", "waiter"],
  serve_order: ["expo", "host", "manager", "owner", "waiter"],
  void_line: ["expo", "host", "manager", "owner", "waiter"],
  decide_void: ["expo", "manager", "owner"],
  move_line: ["expo", "host", "manager", "owner", "waiter"],
  cancel_order: ["expo", "host", "manager", "owner", "waiter"],
  close_order: ["expo", "host", "manager", "owner", "waiter"],
  start_ticket: ["cook", "expo", "manager", "owner"],
  bump_ticket: ["cook", "expo", "manager", "owner"],
  recall_ticket: ["cook", "expo", "manager", "owner"],
  rush_ticket: ["cook", "expo", "host", "manager", "owner", "waiter"],
  clear_ticket: ["cook", "expo", "manager", "owner"],
  add_section: ["manager", "owner"],
  add_table: ["manager", "owner"],
  change_table: ["manager", "owner"],
  set_table_status: ["expo", "host", "manager", "owner", "waiter"],
  remove_table: ["manager", "owner"],
  seat_party: ["expo", "host", "manager", "owner", "waiter"],
  add_station: ["manager", "owner"],
  set_station_backup: ["manager", "owner"],
  add_menu_section: ["manager", "owner"],
  add_item: ["manager", "owner"],
  change_item: ["manager", "owner"],
  remove_item: ["manager", "owner"],
  eighty_six_item: ["cook", "expo", "host", "manager", "owner", "waiter"],
  restore_item: ["cook", "expo", "host", "manager", "owner", "waiter"],
  open_restaurant: ["admin"],
  give_role: ["manager", "owner"],
  take_role: ["manager", "owner"],
  announce: ["admin"],
  notify: ["admin"],
  invite_person: ["manager", "owner"],
  send_invitation_again: ["manager", "owner"],
  withdraw_invitation: ["manager", "owner"],
  make_key: ["manager", "owner"],
  change_key: ["manager", "owner"],
  rotate_key: ["manager", "owner"],
  revoke_key: ["manager", "owner"],
  invite_device: ["manager", "owner"],
  rename_device: ["manager", "owner"],
  rotate_device: ["manager", "owner"],
  revoke_device: ["manager", "owner"],
  log_out: ["customer"],
  log_out_everywhere: ["customer"],
  end_session: ["customer"],
  remove_passkey: ["customer"],
  remove_pin: ["customer"],
  unlink_account: ["customer"],
  change_profile: ["customer"],
  change_preferences: ["customer"],
  remove_avatar: ["customer"],
  add_address: ["customer"],
  change_address: ["customer"],
  remove_address: ["customer"],
};

/** Who may do what. */
export const RIGHTS: Readonly<Record<Permission, readonly Role[]>> = {
  "restaurant:read": ["guest", "waiter", "host", "cook", "expo", "manager", "owner"],
  "people:manage": ["manager", "owner"],
  "owners:make": ["owner"],
  "keys:manage": ["manager", "owner"],
  "devices:manage": ["manager", "owner"],
  "audit:read": ["owner"],
  "alerts:raise": ["system"],
  "menu:read": ["guest", "waiter", "host", "cook", "expo", "manager", "owner"],
  "menu:change": ["manager", "owner"],
  "items:eighty_six": ["waiter", "host", "cook", "expo", "manager", "owner"],
  "floor:read": ["waiter", "host", "cook", "expo", "manager", "owner"],
  "floor:watch": ["waiter", "host", "expo", "manager", "owner"],
  "floor:plan": ["manager", "owner"],
  "tables:seat": ["waiter", "host", "expo", "manager", "owner"],
  "guests:invite": ["waiter", "host", "expo", "manager", "owner"],
  "orders:read": ["waiter", "host", "cook", "expo", "manager", "owner"],
  "orders:take": ["guest", "waiter", "host", "expo", "manager", "owner"],
  "orders:serve": ["waiter", "host", "expo", "manager", "owner"],
  "orders:void": ["waiter", "host", "expo", "manager", "owner"],
  "fired:void": ["manager", "owner"],
  "voids:decide": ["expo", "manager", "owner"],
  "kitchen:watch": ["cook", "expo", "manager", "owner"],
  "stations:read": ["waiter", "host", "cook", "expo", "manager", "owner"],
  "stations:change": ["manager", "owner"],
  "tickets:work": ["cook", "expo", "manager", "owner"],
  "tickets:rush": ["waiter", "host", "cook", "expo", "manager", "owner"],
  "session:leave": ["customer"],
  "account:keep": ["customer"],
  "restaurants:open": ["admin"],
  "announcements:make": ["admin"],
  "hubs:watch": ["admin"],
};

/** What a key can be given. */
export const FOR_KEYS: readonly Permission[] = [
  "restaurant:read",
  "audit:read",
  "menu:read",
  "menu:change",
  "items:eighty_six",
  "floor:read",
  "floor:watch",
  "floor:plan",
  "tables:seat",
  "guests:invite",
  "orders:read",
  "orders:take",
  "orders:serve",
  "orders:void",
  "fired:void",
  "voids:decide",
  "kitchen:watch",
  "stations:read",
  "stations:change",
  "tickets:work",
  "tickets:rush",
];

/** An event that is a step in a ticket's life. */
export type TicketStep =
  | "ticket_started"
  | "ticket_bumped"
  | "ticket_recalled"
  | "ticket_served"
  | "ticket_voided"
  | "ticket_cleared";

/** A ticket's life: step → state before → state after. Where there is no edge, there is no step. */
export const TICKET_STEPS: Readonly<Record<TicketStep, Readonly<Partial<Record<TicketStatus, TicketStatus>>>>> = {
  ticket_started: { fired: "started" },
  ticket_bumped: { fired: "bumped", started: "bumped" },
  ticket_recalled: { bumped: "started" },
  ticket_served: { bumped: "served", started: "served", voided: "served", cleared: "served" },
  ticket_voided: { fired: "voided", started: "voided", bumped: "voided" },
  ticket_cleared: { voided: "cleared" },
};

/** A table's evening: state before → states that may follow. */
export const TABLE_STEPS: Readonly<Record<TableStatus, readonly TableStatus[]>> = {
  free: ["held", "seated", "dirty"],
  held: ["free", "seated"],
  seated: ["free", "ordered", "bill", "dirty"],
  ordered: ["eating", "bill", "dirty"],
  eating: ["ordered", "bill", "dirty"],
  bill: ["ordered", "eating", "dirty"],
  dirty: ["free"],
};

/** Tickets that are still to be cooked. */
export const TICKETS_OPEN: ReadonlySet<TicketStatus> = new Set(["fired", "started"]);

/** Tickets that no kitchen screen shows. */
export const TICKETS_GONE: ReadonlySet<TicketStatus> = new Set(["served", "cleared"]);

/** Orders that have left the floor. */
export const ORDERS_OVER: ReadonlySet<OrderStatus> = new Set(["closed", "cancelled"]);

/** Tables at which a party sits. */
export const TABLES_OCCUPIED: ReadonlySet<TableStatus> = new Set(["seated", "ordered", "eating", "bill"]);

/** How many notices a board keeps. */
export const NOTICES_MAX = 20;

/** How many digits a PIN has at the least. */
export const PIN_LENGTH_MIN = 4;

/** How many digits a PIN has at most. */
export const PIN_LENGTH_MAX = 8;
