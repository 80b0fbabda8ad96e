/**
 * What travels between a hub and its screens: commands.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { AddAddress, ChangeAddress, RemoveAddress } from "./addresses.ts";
import type { InviteDevice, RenameDevice, RevokeDevice, RotateDevice } from "./devices.ts";
import type { AddSection, AddTable, ChangeTable, RemoveTable, SeatParty, SetTableStatus } from "./floor.ts";
import type { InvitePerson, SendInvitationAgain, WithdrawInvitation } from "./invitations.ts";
import type { ChangeKey, MakeKey, RevokeKey, RotateKey } from "./keys.ts";
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
import type { RemovePasskey } from "./passkeys.ts";
import type { Announce, GiveRole, Notify, TakeRole } from "./people.ts";
import type { RemovePin } from "./pins.ts";
import type { ChangePreferences, ChangeProfile, RemoveAvatar } from "./profiles.ts";
import type { OpenRestaurant } from "./restaurants.ts";
import type { EndSession, LogOut, LogOutEverywhere } from "./sessions.ts";
import type { BumpTicket, ClearTicket, RecallTicket, RushTicket, StartTicket } from "./tickets.ts";
import type { UnlinkAccount } from "./vouching.ts";

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
  readonly open_restaurant: OpenRestaurant;
  readonly give_role: GiveRole;
  readonly take_role: TakeRole;
  readonly announce: Announce;
  readonly notify: Notify;
  readonly invite_person: InvitePerson;
  readonly send_invitation_again: SendInvitationAgain;
  readonly withdraw_invitation: WithdrawInvitation;
  readonly make_key: MakeKey;
  readonly change_key: ChangeKey;
  readonly rotate_key: RotateKey;
  readonly revoke_key: RevokeKey;
  readonly invite_device: InviteDevice;
  readonly rename_device: RenameDevice;
  readonly rotate_device: RotateDevice;
  readonly revoke_device: RevokeDevice;
  readonly log_out: LogOut;
  readonly log_out_everywhere: LogOutEverywhere;
  readonly end_session: EndSession;
  readonly remove_passkey: RemovePasskey;
  readonly remove_pin: RemovePin;
  readonly unlink_account: UnlinkAccount;
  readonly change_profile: ChangeProfile;
  readonly change_preferences: ChangePreferences;
  readonly remove_avatar: RemoveAvatar;
  readonly add_address: AddAddress;
  readonly change_address: ChangeAddress;
  readonly remove_address: RemoveAddress;
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
  "open_restaurant",
  "give_role",
  "take_role",
  "announce",
  "notify",
  "invite_person",
  "send_invitation_again",
  "withdraw_invitation",
  "make_key",
  "change_key",
  "rotate_key",
  "revoke_key",
  "invite_device",
  "rename_device",
  "rotate_device",
  "revoke_device",
  "log_out",
  "log_out_everywhere",
  "end_session",
  "remove_passkey",
  "remove_pin",
  "unlink_account",
  "change_profile",
  "change_preferences",
  "remove_avatar",
  "add_address",
  "change_address",
  "remove_address",
] as const satisfies readonly (keyof Commands)[];
