/**
 * What travels between a hub and its screens: asking-restaurants.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { RestaurantAnswer } from "./answers.ts";
import type { Ask } from "./asking.ts";
import type { House, Houses, OpenRestaurant } from "./restaurants.ts";

/** The restaurants in which whoever asks is known. */
export function showRestaurantsMine(ask: Ask): Promise<Houses> {
  return ask("GET", "/restaurants");
}

/** Open a restaurant for somebody who has an account: they are its owner, and hire everybody else. For operators. */
export function openRestaurant(ask: Ask, body: OpenRestaurant): Promise<RestaurantAnswer> {
  return ask("POST", "/restaurants", { body });
}

/** One restaurant. */
export function showRestaurantsOne(ask: Ask, restaurantId: string): Promise<House> {
  return ask("GET", `/restaurants/${encodeURIComponent(restaurantId)}`);
}
