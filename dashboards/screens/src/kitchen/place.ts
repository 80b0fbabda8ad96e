/**
 * Where in the kitchen a screen hangs: at one station, or at the pass. It stands in the address, and the device
 * remembers it, so that a tablet that comes back from the charger shows what it showed before.
 *
 * Not its business: which stations there are.
 */

import { local } from "../house/storage.ts";

/** `stationId` is null at the pass. */
export interface Place {
  readonly restaurantId: string;
  readonly stationId: string | null;
}

/** The room that such a screen shows. */
export function roomOf({ restaurantId, stationId }: Place): string {
  return stationId === null ? `kitchen:${restaurantId}` : `kitchen:${restaurantId}:${stationId}`;
}

const KEPT = "brigade.kitchen.place";

/** The place that an address names, else the one that was remembered; only in restaurants where one has a job. */
export function placeOf(search: string, remembered: Place | null, restaurants: readonly string[]): Place | null {
  const asked = new URLSearchParams(search);
  const known = remembered !== null && restaurants.includes(remembered.restaurantId) ? remembered : null;
  const named = asked.get("restaurant");
  const restaurantId = named !== null && restaurants.includes(named) ? named : (known?.restaurantId ?? restaurants[0]);
  if (restaurantId === undefined) return null;
  const stationId = asked.get("station");
  if (stationId) return { restaurantId, stationId };
  return asked.has("pass") ? { restaurantId, stationId: null } : known;
}

/** The address's question for a place; the restaurant is named only where there are several. */
export function searchOf({ restaurantId, stationId }: Place, restaurants: readonly string[]): string {
  const place = stationId === null ? "?pass" : `?station=${encodeURIComponent(stationId)}`;
  return restaurants.length > 1 ? `${place}&restaurant=${encodeURIComponent(restaurantId)}` : place;
}

export function remember(place: Place): void {
  local.setItem(KEPT, JSON.stringify(place));
}

export function remembered(): Place | null {
  try {
    const place: Place | null = JSON.parse(local.getItem(KEPT) ?? "null");
    return place;
  } catch {
    return null;
  }
}
