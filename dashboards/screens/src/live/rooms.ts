/** Which rooms somebody may want to look into, by what they are to whom. Whether they may is the hub's to say. */

import type { Role } from "../hub/index.ts";
import type { Shift } from "../house/shift.ts";

/** The rooms that everybody has, and those of the houses in which this person works: a cook's own one is the kitchen. */
export function roomsFor(shift: Pick<Shift, "roles" | "userId"> | null): readonly string[] {
  const houses = Object.entries(shift?.roles ?? {});
  const own = shift === null ? [] : [`user:${shift.userId}`];
  return [...houses.flatMap(([id, roles]) => roomsOf(id, roles)), ...own, "announcements", "ops"];
}

function roomsOf(house: string, roles: readonly Role[]): readonly string[] {
  const rooms = [`waiters:${house}`, `kitchen:${house}`];
  return roles.every((one) => one === "cook") ? rooms.reverse() : rooms;
}
