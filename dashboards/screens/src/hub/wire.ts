/**
 * Everything that travels between a hub and its screens, as types: a module for each noun.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

export type * from "./wire/accounts.ts";
export type * from "./wire/addresses.ts";
export type * from "./wire/answers.ts";
export type * from "./wire/asking.ts";
export * from "./wire/asking-accounts.ts";
export * from "./wire/asking-audit.ts";
export * from "./wire/asking-connections.ts";
export * from "./wire/asking-devices.ts";
export * from "./wire/asking-floor.ts";
export * from "./wire/asking-invitations.ts";
export * from "./wire/asking-keys.ts";
export * from "./wire/asking-menu.ts";
export * from "./wire/asking-orders.ts";
export * from "./wire/asking-people.ts";
export * from "./wire/asking-profiles.ts";
export * from "./wire/asking-restaurants.ts";
export * from "./wire/asking-rooms.ts";
export * from "./wire/asking-sessions.ts";
export * from "./wire/asking-tickets.ts";
export type * from "./wire/attendance.ts";
export type * from "./wire/audience.ts";
export type * from "./wire/audit.ts";
export type * from "./wire/avatars.ts";
export type * from "./wire/bills.ts";
export type * from "./wire/boards.ts";
export type * from "./wire/command.ts";
export * from "./wire/commands.ts";
export type * from "./wire/connections.ts";
export type * from "./wire/devices.ts";
export * from "./wire/events.ts";
export type * from "./wire/floor.ts";
export type * from "./wire/invitations.ts";
export type * from "./wire/keys.ts";
export type * from "./wire/menu.ts";
export type * from "./wire/menus.ts";
export type * from "./wire/messages.ts";
export type * from "./wire/money.ts";
export type * from "./wire/orders.ts";
export type * from "./wire/passkeys.ts";
export type * from "./wire/people.ts";
export type * from "./wire/pins.ts";
export type * from "./wire/profiles.ts";
export type * from "./wire/refusals.ts";
export type * from "./wire/restaurants.ts";
export type * from "./wire/rights.ts";
export * from "./wire/rooms.ts";
export * from "./wire/rules.ts";
export type * from "./wire/second_factors.ts";
export type * from "./wire/sessions.ts";
export type * from "./wire/signals.ts";
export type * from "./wire/tickets.ts";
export type * from "./wire/vouching.ts";
export type * from "./wire/welcome.ts";
