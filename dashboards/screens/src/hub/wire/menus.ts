/**
 * What travels between a hub and its screens: menus.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { MenuItem } from "./menu.ts";

/** Items of the menu, in the order in which they were added. */
export interface Items {
  readonly nextCursor: string | null;
  readonly items: readonly MenuItem[];
}

/** Everything that is on the menu, section by section. */
export interface Menu {
  readonly restaurantId: string;
  readonly currency: string;
  readonly sections: readonly MenuSection[];
}

/** A section of the menu, with what is in it. */
export interface MenuSection {
  readonly id: string;
  readonly name: string;
  readonly items: readonly MenuItem[];
}

/** A section of the menu, without what is in it. */
export interface SectionName {
  readonly id: string;
  readonly name: string;
}

export interface SectionNames {
  readonly nextCursor: string | null;
  readonly items: readonly SectionName[];
}

/** A station of the kitchen, and the one that shows its tickets as well when its own screen does not. */
export interface RestStation {
  readonly id: string;
  readonly name: string;
  readonly backupStationId: string | null;
}

export interface Stations {
  readonly nextCursor: string | null;
  readonly items: readonly RestStation[];
}
