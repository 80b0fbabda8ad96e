/**
 * What of a restaurant somebody may watch from the front door: the floor's room, the kitchen's, or both.
 *
 * The hub decides who enters; this only spares it questions whose answer would be no. Not its business: the rooms.
 */

import { FLOOR_STAFF, KITCHEN_STAFF, type Shift } from "../house/shift.ts";

export interface WatchableHouse {
  readonly restaurantId: string;
  readonly seesFloor: boolean;
  readonly seesKitchen: boolean;
}

/** The restaurants where a shift may watch anything, in a fixed order. */
export function watchable({ roles }: Pick<Shift, "roles">): readonly WatchableHouse[] {
  return Object.keys(roles)
    .sort()
    .map((restaurantId) => {
      const held = roles[restaurantId] ?? [];
      return {
        restaurantId,
        seesFloor: held.some((role) => FLOOR_STAFF.has(role)),
        seesKitchen: held.some((role) => KITCHEN_STAFF.has(role)),
      };
    })
    .filter((one) => one.seesFloor || one.seesKitchen);
}
