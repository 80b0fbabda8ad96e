/**
 * What travels between a hub and its screens: answers.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { AddressAnswer, AddressGoneAnswer } from "./addresses.ts";
import type { NoAvatarAnswer } from "./avatars.ts";
import type { DeviceAnswer, DeviceCodeAnswer } from "./devices.ts";
import type { TableStatus } from "./floor.ts";
import type { InvitationAnswer } from "./invitations.ts";
import type { KeyAnswer } from "./keys.ts";
import type { ModifierGroup } from "./menu.ts";
import type { Money } from "./money.ts";
import type { OrderKind, OrderLine, OrderStatus } from "./orders.ts";
import type { PasskeyRemovedAnswer } from "./passkeys.ts";
import type { PreferencesAnswer, ProfileAnswer } from "./profiles.ts";
import type { Role } from "./rights.ts";
import type { ShownTicket, TicketStatus } from "./tickets.ts";
import type { UnlinkedAnswer } from "./vouching.ts";

/** What was taken away. */
export interface GoneAnswer {
  readonly id: string;
}

/** An item as it is on the menu now. */
export interface ItemAnswer {
  readonly id: string;
  readonly sectionId: string;
  readonly name: string;
  readonly description: string | null;
  readonly price: Money;
  readonly station: string;
  readonly stationsByKind: Readonly<Partial<Record<OrderKind, string>>>;
  readonly prepSeconds: number;
  readonly allergens: readonly string[];
  readonly dietTags: readonly string[];
  readonly portionsLeft: number | null;
  readonly isEightySixed: boolean;
  readonly available: boolean;
  readonly modifierGroups: readonly ModifierGroup[];
}

/** An order, as whoever asked may read it. `id` and `orderId` are the same; `tax` is part of `total` in any case. */
export interface OrderAnswer {
  readonly id: string;
  readonly orderId: string;
  readonly restaurantId: string;
  readonly number: number;
  readonly kind: OrderKind;
  readonly status: OrderStatus;
  readonly tableId: string | null;
  readonly tableName: string | null;
  readonly seatingId: string | null;
  readonly customerName: string | null;
  readonly placedAt: string;
  readonly subtotal: Money;
  readonly tax: Money;
  readonly isTaxIncluded: boolean;
  readonly total: Money;
  readonly lines: readonly OrderLine[];
  readonly tickets: readonly ShownTicket[];
}

/** Who sits at a table now. */
export interface Party {
  readonly seatingId: string;
  readonly covers: number;
  readonly seatedAt: string;
}

/** An order that was just placed, and the link with which its guest follows it. */
export interface PlacedAnswer {
  readonly id: string;
  readonly orderId: string;
  readonly restaurantId: string;
  readonly number: number;
  readonly kind: OrderKind;
  readonly status: OrderStatus;
  readonly tableId: string | null;
  readonly tableName: string | null;
  readonly seatingId: string | null;
  readonly customerName: string | null;
  readonly placedAt: string;
  readonly subtotal: Money;
  readonly tax: Money;
  readonly isTaxIncluded: boolean;
  readonly total: Money;
  readonly lines: readonly OrderLine[];
  readonly tickets: readonly ShownTicket[];
  readonly guestLink: string | null;
}

/** A restaurant that was opened, and whose it is. */
export interface RestaurantAnswer {
  readonly restaurantId: string;
  readonly name: string;
  readonly ownerId: string;
}

/** What a person is to a restaurant from now on. */
export interface RolesAnswer {
  readonly userId: string;
  readonly restaurantId: string;
  readonly roles: readonly Role[];
}

/** It was said. */
export interface SaidAnswer {
  readonly title: string;
}

/** A party that was just seated, and the link that opens its table for as long as it stays. */
export interface SeatingAnswer {
  readonly seatingId: string;
  readonly tableId: string;
  readonly restaurantId: string;
  readonly covers: number;
  readonly seatedAt: string;
  readonly status: TableStatus;
  readonly guestLink: string | null;
}

export interface SectionAnswer {
  readonly id: string;
  readonly name: string;
}

/** The sessions that ended. */
export interface SessionsEndedAnswer {
  readonly sessionIds: readonly string[];
}

export interface StationAnswer {
  readonly id: string;
  readonly name: string;
  readonly backupStationId: string | null;
}

/** A table: where it stands, how its evening is going, and who sits there. `id` and `tableId` are the same. */
export interface TableAnswer {
  readonly tableId: string;
  readonly sectionId: string;
  readonly name: string;
  readonly seats: number;
  readonly x: number;
  readonly y: number;
  readonly id: string;
  readonly status: TableStatus;
  readonly statusSince: string;
  readonly seating: Party | null;
}

/** A ticket after a step, and how far its order is. */
export interface TicketAnswer {
  readonly ticketId: string;
  readonly orderId: string;
  readonly status: TicketStatus;
  readonly isRushed: boolean;
  readonly orderStatus: OrderStatus;
  readonly recalls: number;
}

/** What is answered to each verb. */
export interface Answers {
  readonly place_order: PlacedAnswer;
  readonly add_lines: OrderAnswer;
  readonly fire_course: OrderAnswer;
  readonly serve_order: OrderAnswer;
  readonly void_line: OrderAnswer;
  readonly decide_void: OrderAnswer;
  readonly move_line: OrderAnswer;
  readonly cancel_order: OrderAnswer;
  readonly close_order: OrderAnswer;
  readonly start_ticket: TicketAnswer;
  readonly bump_ticket: TicketAnswer;
  readonly recall_ticket: TicketAnswer;
  readonly rush_ticket: TicketAnswer;
  readonly clear_ticket: TicketAnswer;
  readonly add_section: SectionAnswer;
  readonly add_table: TableAnswer;
  readonly change_table: TableAnswer;
  readonly set_table_status: TableAnswer;
  readonly remove_table: GoneAnswer;
  readonly seat_party: SeatingAnswer;
  readonly add_station: StationAnswer;
  readonly set_station_backup: StationAnswer;
  readonly add_menu_section: SectionAnswer;
  readonly add_item: ItemAnswer;
  readonly change_item: ItemAnswer;
  readonly remove_item: GoneAnswer;
  readonly eighty_six_item: ItemAnswer;
  readonly restore_item: ItemAnswer;
  readonly open_restaurant: RestaurantAnswer;
  readonly give_role: RolesAnswer;
  readonly take_role: RolesAnswer;
  readonly announce: SaidAnswer;
  readonly notify: SaidAnswer;
  readonly invite_person: InvitationAnswer;
  readonly send_invitation_again: InvitationAnswer;
  readonly withdraw_invitation: InvitationAnswer;
  readonly make_key: KeyAnswer;
  readonly change_key: KeyAnswer;
  readonly rotate_key: KeyAnswer;
  readonly revoke_key: KeyAnswer;
  readonly invite_device: DeviceCodeAnswer;
  readonly rename_device: DeviceAnswer;
  readonly rotate_device: DeviceCodeAnswer;
  readonly revoke_device: DeviceAnswer;
  readonly log_out: SessionsEndedAnswer;
  readonly log_out_everywhere: SessionsEndedAnswer;
  readonly end_session: SessionsEndedAnswer;
  readonly remove_passkey: PasskeyRemovedAnswer;
  readonly remove_pin: SessionsEndedAnswer;
  readonly unlink_account: UnlinkedAnswer;
  readonly change_profile: ProfileAnswer;
  readonly change_preferences: PreferencesAnswer;
  readonly remove_avatar: NoAvatarAnswer;
  readonly add_address: AddressAnswer;
  readonly change_address: AddressAnswer;
  readonly remove_address: AddressGoneAnswer;
}
