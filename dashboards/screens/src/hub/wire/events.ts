/**
 * What travels between a hub and its screens: events.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { DeviceEnrolled, DeviceRevoked } from "./devices.ts";
import type {
  AlertCleared,
  AlertRaised,
  PartyLeft,
  PartySeated,
  SectionAdded,
  TableAdded,
  TableChanged,
  TableRemoved,
  TableStatusChanged,
} from "./floor.ts";
import type {
  InventoryUpdate,
  ItemAdded,
  ItemChanged,
  ItemEightySixed,
  ItemRemoved,
  ItemRestored,
  MenuSectionAdded,
  PortionsChanged,
  StationAdded,
  StationBackupSet,
} from "./menu.ts";
import type {
  LineMoved,
  LineVoided,
  LinesAdded,
  OrderCancelled,
  OrderClosed,
  OrderPlaced,
  OrderStatusUpdate,
} from "./orders.ts";
import type { RealTimeNotification, SystemAnnouncement, YourRightsChanged } from "./people.ts";
import type {
  TicketBackedUp,
  TicketBumped,
  TicketCleared,
  TicketFired,
  TicketRecalled,
  TicketRushed,
  TicketServed,
  TicketStarted,
  TicketVoided,
  VoidCrossed,
  VoidDecided,
} from "./tickets.ts";

/** Where an event stands in the chain of one room. */
export interface Place {
  /** The room that heard it. */
  readonly room: string;
  /** Its number in the ledger. Hold it once it is applied. */
  readonly seq: number;
  /**
   * After this number the room had nothing before `seq`. Apply exactly when prev ≤ held < seq; a greater `prev` means
   * that something was missed: subscribe again.
   */
  readonly prev: number;
  /** When it was recorded. Order is `seq`. */
  readonly timestamp: string;
}

/** The fields of each event. */
export interface Events {
  readonly order_placed: OrderPlaced;
  readonly lines_added: LinesAdded;
  readonly line_voided: LineVoided;
  readonly line_moved: LineMoved;
  readonly order_cancelled: OrderCancelled;
  readonly order_closed: OrderClosed;
  readonly order_status_update: OrderStatusUpdate;
  readonly ticket_fired: TicketFired;
  readonly ticket_backed_up: TicketBackedUp;
  readonly ticket_started: TicketStarted;
  readonly ticket_bumped: TicketBumped;
  readonly ticket_recalled: TicketRecalled;
  readonly ticket_rushed: TicketRushed;
  readonly ticket_served: TicketServed;
  readonly ticket_voided: TicketVoided;
  readonly ticket_cleared: TicketCleared;
  readonly void_crossed: VoidCrossed;
  readonly void_decided: VoidDecided;
  readonly section_added: SectionAdded;
  readonly table_added: TableAdded;
  readonly table_changed: TableChanged;
  readonly table_removed: TableRemoved;
  readonly party_seated: PartySeated;
  readonly party_left: PartyLeft;
  readonly table_status_changed: TableStatusChanged;
  readonly alert_raised: AlertRaised;
  readonly alert_cleared: AlertCleared;
  readonly station_added: StationAdded;
  readonly station_backup_set: StationBackupSet;
  readonly menu_section_added: MenuSectionAdded;
  readonly item_added: ItemAdded;
  readonly item_changed: ItemChanged;
  readonly item_removed: ItemRemoved;
  readonly item_eighty_sixed: ItemEightySixed;
  readonly item_restored: ItemRestored;
  readonly portions_changed: PortionsChanged;
  readonly inventory_update: InventoryUpdate;
  readonly your_rights_changed: YourRightsChanged;
  readonly real_time_notification: RealTimeNotification;
  readonly system_announcement: SystemAnnouncement;
  readonly device_enrolled: DeviceEnrolled;
  readonly device_revoked: DeviceRevoked;
}

/** One event as a room hears it: its fields, and its place in the room's chain. */
export type Entry = { [N in keyof Events]: { readonly event: N } & Events[N] & Place }[keyof Events];

/** Every event there is. */
export const EVENT_NAMES = [
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
  "station_backup_set",
  "menu_section_added",
  "item_added",
  "item_changed",
  "item_removed",
  "item_eighty_sixed",
  "item_restored",
  "portions_changed",
  "inventory_update",
  "your_rights_changed",
  "real_time_notification",
  "system_announcement",
  "device_enrolled",
  "device_revoked",
] as const satisfies readonly (keyof Events)[];
