/**
 * Whether this device is one of a house's kitchen tablets, and what it asks as one: who works there, and a shift by PIN.
 *
 * Its token is kept over a restart, and is the same for all its screens. It opens nothing by itself. Not its business:
 * shifts (`shift.ts`), and the door (`tablet/TabletDoor.tsx`).
 */

import { enroll, type Enrolled, type PinHolder, Refusal, showDevicesPeople, tap } from "../hub/index.ts";
import { asking } from "./api.ts";
import { type ScreenName, type Shift, shiftOf } from "./shift.ts";
import { local } from "./storage.ts";

export type Tablet = Enrolled;

const NAME = "brigade.tablet";
const LENGTHS = "brigade.tablet.lengths";
/** What a PIN opens something at. All that is done elsewhere wants a password. */
const FOR_PINS: ReadonlySet<ScreenName> = new Set<ScreenName>(["kitchen", "floor"]);

export function takesPins(screen: ScreenName): boolean {
  return FOR_PINS.has(screen);
}

/** The tablet that this device is, or was until a manager let it out; null where it never was one. */
export function tabletHere(): Tablet | null {
  try {
    const kept: Partial<Tablet> | null = JSON.parse(local.getItem(NAME) ?? "null");
    return typeof kept?.tabletToken === "string" && typeof kept.name === "string" ? (kept as Tablet) : null;
  } catch {
    return null;
  }
}

/** Let this device be a tablet, by the code that a manager was given. Raises a Refusal. */
export async function enrollHere(code: string, name: string): Promise<Tablet> {
  const tablet = await enroll(asking(), { code: code.trim(), name: name.trim() });
  local.setItem(NAME, JSON.stringify(tablet));
  return tablet;
}

/** This device is no tablet any more. */
export function forgetTablet(): void {
  local.removeItem(NAME);
  local.removeItem(LENGTHS);
}

/** Who may tap a PIN here, by their names. Raises a Refusal. */
export async function crewAt({ tabletToken }: Tablet): Promise<readonly PinHolder[]> {
  return (await showDevicesPeople(asking(tabletToken))).items;
}

/** Begin a shift by PIN. Raises a Refusal. */
export async function signInByPin({ tabletToken, deviceId }: Tablet, userId: string, pin: string): Promise<Shift> {
  try {
    const shift = shiftOf(await tap(asking(), { tabletToken, userId, pin }), { tabletId: deviceId });
    keepLength(userId, pin.length);
    return shift;
  } catch (why) {
    // Perhaps it has another length by now; then it is for whoever taps it to say when it is whole.
    if (why instanceof Refusal && why.code === "wrong_pin") keepLength(userId, null);
    throw why;
  }
}

/** How many digits somebody's PIN had when it was right here; null where nobody knows. */
export function lengthOf(userId: string): number | null {
  return lengths().get(userId) ?? null;
}

function keepLength(userId: string, length: number | null): void {
  const all = lengths();
  if (length === null) all.delete(userId);
  else all.set(userId, length);
  local.setItem(LENGTHS, JSON.stringify([...all]));
}

function lengths(): Map<string, number> {
  try {
    const pairs: [string, number][] = JSON.parse(local.getItem(LENGTHS) ?? "[]");
    return new Map(pairs);
  } catch {
    return new Map();
  }
}

/** Until when nobody's PIN is tried any more, by this device's clock; null where the hub has not locked it. */
export function lockedUntilMs(refusal: Refusal, nowMs: number): number | null {
  const seconds = refusal.facts["retryAfterSeconds"];
  return refusal.code === "pin_locked" && typeof seconds === "number" ? nowMs + seconds * 1_000 : null;
}
