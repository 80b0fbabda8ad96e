/** Which rooms somebody may want to look into, by what they are to whom. Whether they may is the hub's to say. */

import type { Shift } from "../house/shift.ts";

/** The rooms that everybody has, and those of the houses in which this person works. */
export function roomsFor(shift: Shift | null): readonly string[] {
  const houses = Object.keys(shift?.roles ?? {});
  const own = shift === null ? [] : [`user:${shift.userId}`];
  return [...houses.flatMap((one) => [`waiters:${one}`, `kitchen:${one}`]), ...own, "announcements", "ops"];
}
