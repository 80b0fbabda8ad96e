/**
 * Who works at this screen: a shift's token, kept until it ends or somebody signs out.
 *
 * Every kind of screen keeps its own, so that a kitchen and a floor can hang side by side in one browser. Kept over a
 * restart: a tablet on the wall that lost its power comes back to work by itself. Not its business: what roles may do.
 */

import type { Role, SignedIn } from "../hub/index.ts";
import { get, post } from "./api.ts";
import { local } from "./storage.ts";

/** What a screen is told before anybody signs in. */
export interface Welcome {
  readonly version: string;
  readonly screens: string | null;
  readonly demo: Demo | null;
}

/** A demo restaurant, whose people anybody may be. `speed` is how much faster than life its dinner is played. */
export interface Demo {
  readonly restaurantId: string;
  readonly restaurant: string;
  readonly speed: number;
  readonly people: readonly { readonly role: Role; readonly name: string }[];
}

export type Shift = SignedIn;
export type ScreenName = "front" | "kitchen" | "floor" | "ops";

const kept = (screen: ScreenName): string => `brigade.shift.${screen}`;

/** The shift under way at this screen, if there is one and it is not over. */
export function shiftAt(screen: ScreenName): Shift | null {
  const text = local.getItem(kept(screen));
  if (text === null) return null;
  try {
    const shift: Shift = JSON.parse(text);
    return Date.parse(shift.expiresAt) > Date.now() ? shift : null;
  } catch {
    return null;
  }
}

export function beginShift(screen: ScreenName, shift: Shift): void {
  local.setItem(kept(screen), JSON.stringify(shift));
}

export function endShift(screen: ScreenName): void {
  local.removeItem(kept(screen));
}

export function signIn(email: string, password: string): Promise<Shift> {
  return post<Shift>("/auth/login", { email, password });
}

/** Be one of the demo's people. */
export function signInAs(role: Role): Promise<Shift> {
  return post<Shift>("/auth/demo", { role });
}

export function welcome(): Promise<Welcome> {
  return get<Welcome>("/welcome");
}

/** The restaurants where a shift has one of these roles, in a fixed order. */
export function restaurantsOf(shift: Shift, roles: ReadonlySet<Role>): readonly string[] {
  const mine = Object.entries(shift.roles).filter(([, held]) => held.some((role) => roles.has(role)));
  return mine.map(([restaurant]) => restaurant).sort();
}

const HEADS: readonly Role[] = ["manager", "owner"];
export const FLOOR_STAFF: ReadonlySet<Role> = new Set([...HEADS, "waiter", "host", "expo"]);
export const KITCHEN_STAFF: ReadonlySet<Role> = new Set([...HEADS, "cook", "expo"]);
