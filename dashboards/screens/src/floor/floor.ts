/** What every part of the floor's screen needs to know: where it is, who works at it, and what the house cooks. */

import { createContext, useContext } from "react";

import type { MenuItem, Menu, Role } from "../hub/wire.ts";

export interface Floor {
  readonly restaurantId: string;
  readonly token: string;
  /** What whoever is signed in is to this restaurant. */
  readonly roles: readonly Role[];
  /** The menu with what is left now; null until it was read. */
  readonly menu: Menu | null;
  readonly items: ReadonlyMap<string, MenuItem>;
  readonly stationNames: ReadonlyMap<string, string>;
}

const OnFloor = createContext<Floor | null>(null);
export const FloorProvider = OnFloor.Provider;

export function useFloor(): Floor {
  const floor = useContext(OnFloor);
  if (floor === null) throw new Error("Only on the floor's screen.");
  return floor;
}
