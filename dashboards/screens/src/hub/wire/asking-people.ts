/**
 * What travels between a hub and its screens: asking-people.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { RolesAnswer, SaidAnswer } from "./answers.ts";
import type { Ask } from "./asking.ts";
import type { Announce, Colleagues, Me, RestGiveRole, RestNotify, RestTakeRole } from "./people.ts";
import type { Role } from "./rights.ts";
import type { Welcome } from "./welcome.ts";

/** Who the token stands for, and what that is to which restaurant. */
export function showPeopleMe(ask: Ask): Promise<Me> {
  return ask("GET", "/me");
}

/** Which hub this is, for everybody. */
export function welcome(ask: Ask): Promise<Welcome> {
  return ask("GET", "/welcome");
}

/** Who works in the restaurant, and what as; and who did, and could be given a role again. */
export function showPeopleOfRestaurant(ask: Ask, restaurantId: string): Promise<Colleagues> {
  return ask("GET", `/restaurants/${encodeURIComponent(restaurantId)}/people`);
}

/** Let a person do one more job in a restaurant. */
export function giveRole(
  ask: Ask,
  restaurantId: string,
  userId: string,
  role: Role,
  body: RestGiveRole = {},
): Promise<RolesAnswer> {
  return ask(
    "PUT",
    `/restaurants/${encodeURIComponent(restaurantId)}/people/${encodeURIComponent(userId)}/roles/${encodeURIComponent(role)}`,
    { body },
  );
}

/** A person does not do this job here any more. Their screens close at once. */
export function takeRole(
  ask: Ask,
  restaurantId: string,
  userId: string,
  role: Role,
  body: RestTakeRole = {},
): Promise<RolesAnswer> {
  return ask(
    "DELETE",
    `/restaurants/${encodeURIComponent(restaurantId)}/people/${encodeURIComponent(userId)}/roles/${encodeURIComponent(role)}`,
    { body },
  );
}

/**
 * Tell everyone something, or everyone who has this role in some restaurant or on the platform: `guest` is whoever
 * holds a table's or an order's link, `customer` whoever has an account. For operators of the hub.
 */
export function announce(ask: Ask, body: Announce): Promise<SaidAnswer> {
  return ask("POST", "/announcements", { body });
}

/** Tell one person something, such as to see whether it reaches them. For operators of the hub. */
export function notify(ask: Ask, userId: string, body: RestNotify): Promise<SaidAnswer> {
  return ask("POST", `/people/${encodeURIComponent(userId)}/notices`, { body });
}
