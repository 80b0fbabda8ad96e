/**
 * What travels between a hub and its screens: rooms.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Boards } from "./boards.ts";
import type { Events } from "./events.ts";
import type { Delivered, Subscribe, Unsubscribe } from "./messages.ts";

/** Which events each kind of room hears. */
export const HEARD = {
  pass: [
    "line_voided",
    "line_moved",
    "ticket_fired",
    "ticket_backed_up",
    "ticket_started",
    "ticket_bumped",
    "ticket_recalled",
    "ticket_rushed",
    "ticket_served",
    "ticket_voided",
    "ticket_cleared",
    "void_crossed",
    "void_decided",
    "alert_raised",
    "alert_cleared",
    "station_added",
    "station_backup_set",
    "menu_section_added",
    "item_added",
    "item_changed",
    "item_removed",
    "item_eighty_sixed",
    "item_restored",
    "portions_changed",
  ],
  station: [
    "line_voided",
    "line_moved",
    "ticket_fired",
    "ticket_backed_up",
    "ticket_started",
    "ticket_bumped",
    "ticket_recalled",
    "ticket_rushed",
    "ticket_served",
    "ticket_voided",
    "ticket_cleared",
    "void_crossed",
    "void_decided",
    "station_backup_set",
  ],
  waiters: [
    "order_placed",
    "lines_added",
    "line_voided",
    "line_moved",
    "order_cancelled",
    "order_closed",
    "order_status_update",
    "ticket_fired",
    "ticket_backed_up",
    "ticket_started",
    "ticket_bumped",
    "ticket_recalled",
    "ticket_rushed",
    "ticket_served",
    "ticket_voided",
    "ticket_cleared",
    "void_crossed",
    "void_decided",
    "section_added",
    "table_added",
    "table_changed",
    "table_removed",
    "party_seated",
    "party_left",
    "table_status_changed",
    "alert_raised",
    "alert_cleared",
    "station_added",
    "menu_section_added",
    "item_added",
    "item_changed",
    "item_removed",
    "item_eighty_sixed",
    "item_restored",
    "portions_changed",
    "device_enrolled",
    "device_revoked",
  ],
  table: [
    "order_status_update",
    "table_changed",
    "table_removed",
    "party_seated",
    "party_left",
    "table_status_changed",
  ],
  order: ["order_status_update"],
  item: ["inventory_update"],
  user: [
    "your_rights_changed",
    "real_time_notification",
  ],
  announcements: ["system_announcement"],
} as const satisfies Readonly<Record<keyof Boards, readonly (keyof Events)[]>>;

/** What can be said besides commands. */
export interface RoomMessages {
  readonly subscribe: Subscribe;
  readonly unsubscribe: Unsubscribe;
  readonly delivered: Delivered;
  readonly authenticate: string;
  readonly track_order: string;
  readonly track_inventory: string;
}

/** What is answered to that. */
export interface RoomAnswers {
  readonly subscribe: {
    readonly room: string;
    readonly epoch: string;
    /** What to hold after the entries are applied. */
    readonly seq: number;
    /** With `since`: whether everything missed is in `entries`. */
    readonly recovered?: boolean;
    /** The board; its shape is the channel's `x-board`. */
    readonly board?: Readonly<Record<string, unknown>>;
    /** Events, each with `event`. */
    readonly entries: readonly Readonly<Record<string, unknown>>[];
    /** You are not in the room yet: subscribe again, since `seq`. */
    readonly more: boolean;
  };
  readonly unsubscribe: {
    readonly room?: string;
  };
  readonly delivered: {
    readonly room?: string;
  };
  readonly authenticate: Readonly<Record<string, unknown>>;
  readonly track_order: Readonly<Record<string, unknown>>;
  readonly track_inventory: Readonly<Record<string, unknown>>;
}
