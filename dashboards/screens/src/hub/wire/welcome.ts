/**
 * What travels between a hub and its screens: welcome.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Role } from "./rights.ts";

/** A restaurant to try, as any of these people. `speed` is how many seconds of its dinner pass in one. */
export interface Demo {
  readonly restaurantId: string;
  readonly restaurant: string;
  readonly speed: number;
  readonly people: readonly DemoPerson[];
}

/** Somebody as whom one may sign in. */
export interface DemoPerson {
  readonly role: Role;
  readonly name: string;
}

/** As whom somebody wants to look around the demo. `device` is as in signing in. */
export interface Visit {
  readonly role: Role;
  readonly device?: string | null;
}

/** `screens` tells which screens this hub serves, null where it has none; `demo` is null in earnest. */
export interface Welcome {
  readonly version: string;
  readonly screens: string | null;
  readonly demo: Demo | null;
}
