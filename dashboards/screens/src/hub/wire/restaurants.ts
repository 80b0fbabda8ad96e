/**
 * What travels between a hub and its screens: restaurants.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Role } from "./rights.ts";

/** A restaurant, and what whoever asks is to it. */
export interface House {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly roles: readonly Role[];
}

/** Restaurants, by name. */
export interface Houses {
  readonly nextCursor: string | null;
  readonly items: readonly House[];
}
