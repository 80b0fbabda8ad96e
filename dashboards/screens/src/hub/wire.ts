/**
 * Everything that travels between a hub and its screens, as types: a module for each noun.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

export type * from "./wire/answers.ts";
export type * from "./wire/audience.ts";
export type * from "./wire/boards.ts";
export type * from "./wire/command.ts";
export * from "./wire/commands.ts";
export * from "./wire/events.ts";
export type * from "./wire/floor.ts";
export type * from "./wire/identity.ts";
export type * from "./wire/menu.ts";
export type * from "./wire/menus.ts";
export type * from "./wire/messages.ts";
export type * from "./wire/money.ts";
export type * from "./wire/orders.ts";
export type * from "./wire/people.ts";
export type * from "./wire/refusals.ts";
export type * from "./wire/restaurants.ts";
export * from "./wire/rooms.ts";
export * from "./wire/rules.ts";
export type * from "./wire/signals.ts";
export type * from "./wire/tickets.ts";
export type * from "./wire/welcome.ts";
