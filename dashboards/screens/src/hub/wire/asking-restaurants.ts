/**
 * What travels between a hub and its screens: asking-restaurants.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Ask } from "./asking.ts";
import type { House, Houses } from "./restaurants.ts";

/** The restaurants in which whoever asks is known. */
export function showRestaurantsMine(ask: Ask): Promise<Houses> {
  return ask("GET", "/restaurants");
}

/** One restaurant. */
export function showRestaurantsOne(ask: Ask, restaurantId: string): Promise<House> {
  return ask("GET", `/restaurants/${encodeURIComponent(restaurantId)}`);
}
