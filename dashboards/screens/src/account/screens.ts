/** At which screens somebody has a job, by what they are to any restaurant. Rules only. */

import { FLOOR_STAFF, HEADS, KITCHEN_STAFF } from "../house/shift.ts";
import type { Role } from "../hub/index.ts";

const STAFF = { kitchen: KITCHEN_STAFF, floor: FLOOR_STAFF, office: HEADS } as const satisfies Readonly<
  Record<string, ReadonlySet<Role>>
>;

export type StaffScreen = keyof typeof STAFF;
const SCREENS: readonly StaffScreen[] = ["kitchen", "floor", "office"];

export function screensFor(roles: Readonly<Record<string, readonly Role[]>>): readonly StaffScreen[] {
  return SCREENS.filter((one) => rolesIn(roles).some((role) => STAFF[one].has(role)));
}

/** Everything that somebody is to some restaurant, each once. */
export function rolesIn(roles: Readonly<Record<string, readonly Role[]>>): readonly Role[] {
  return [...new Set(Object.values(roles).flat())];
}
