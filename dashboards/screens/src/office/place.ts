/** Where somebody sits in the office: in which restaurant, and as what. */

import { createContext, useContext } from "react";

import type { Role } from "../hub/index.ts";

export interface Place {
  readonly restaurantId: string;
  /** What they are to it now. */
  readonly roles: readonly Role[];
  readonly userId: string;
}

const Here = createContext<Place | null>(null);

export const PlaceProvider = Here.Provider;

export function usePlace(): Place {
  const place = useContext(Here);
  if (place === null) throw new Error("Only in the office is there a place.");
  return place;
}
