/**
 * Coming in where one was hired: which screen somebody works at first, and how a shift begins there.
 *
 * Whoever is signed in somewhere on this device is not put out by that. Not its business: what is asked of them before
 * (`FromInvitation.tsx`).
 */

import { asking, get } from "../house/api.ts";
import { goodShift } from "../house/renewal.ts";
import {
  FLOOR_STAFF,
  HEADS,
  keepShift,
  KITCHEN_STAFF,
  logOut,
  nextOf,
  placeAt,
  type Shift,
  shiftAt,
  shiftOf,
} from "../house/shift.ts";
import { acceptInvitation, type Hired, type Me, type Role } from "../hub/index.ts";

const SCREENS = ["front", "kitchen", "floor", "office"] as const;
export type WorkScreen = Exclude<(typeof SCREENS)[number], "front">;

/** Where somebody with these roles works first. */
export function screenFor(roles: readonly Role[]): WorkScreen {
  const isOneOf = (staff: ReadonlySet<Role>): boolean => roles.some((role) => staff.has(role));
  if (isOneOf(HEADS)) return "office";
  return isOneOf(KITCHEN_STAFF) && !roles.some((role) => !KITCHEN_STAFF.has(role) && FLOOR_STAFF.has(role))
    ? "kitchen"
    : "floor";
}

/** Somebody who is signed in on this device with a password, and where. */
export interface Here {
  readonly screen: (typeof SCREENS)[number];
  readonly shift: Shift;
  readonly email: string | null;
}

/** Who is signed in here: whoever has this address, or else anybody; null where nobody is. */
export async function whoIsHere(email: string): Promise<Here | null> {
  const found = await Promise.all(SCREENS.map(hereAt));
  const here = found.filter((one) => one !== null);
  return here.find((one) => one.email === email) ?? here[0] ?? null;
}

async function hereAt(screen: Here["screen"]): Promise<Here | null> {
  const kept = shiftAt(screen);
  if (kept === null || kept.tabletId !== undefined) return null;
  try {
    const shift = await goodShift(kept, placeAt(screen));
    return { screen, shift, email: (await get<Me>("/me", shift.accessToken)).email };
  } catch {
    // A shift that is over is nobody's.
    return null;
  }
}

/** Who else is signed in at somebody's screen on this device; null where it is free. */
export function whoHas(screen: WorkScreen, userId: string | null): string | null {
  const there = shiftAt(screen);
  return there === null || there.userId === userId ? null : there.name;
}

/** Accept with a shift that is kept at a screen here, and goes on there with the new roles. Raises a Refusal. */
export async function acceptAs({ screen, shift }: Here, token: string): Promise<Hired> {
  const hired = await acceptInvitation(asking(shift.accessToken), { token });
  // The next token knows of them; where it cannot be had just now, its time comes by itself.
  await goodShift({ ...shift, renewAtMs: 0 }, placeAt(screen)).catch(() => undefined);
  return hired;
}

/** Accept with a shift that has just begun, and begin work with it. Raises a Refusal, and then the shift is over. */
export async function acceptWith(shift: Shift, token: string): Promise<Hired> {
  try {
    const hired = await acceptInvitation(asking(shift.accessToken), { token });
    beginAt(screenFor(hired.roles), shiftOf(await nextOf(shift)));
    return hired;
  } catch (no) {
    void logOut(shift);
    throw no;
  }
}

/** Begin work with a shift, unless somebody else is at that screen here. */
export function beginAt(screen: WorkScreen, shift: Shift): void {
  if (whoHas(screen, shift.userId) === null) keepShift(screen, shift);
  else void logOut(shift);
}
