/**
 * Who works at this screen: a shift, which is a session at the hub, kept until somebody signs out or the hub ends it.
 *
 * Every kind of screen keeps its own, so that a kitchen and a floor can hang side by side in one browser. Kept over a
 * restart: a tablet on the wall that lost its power comes back to work by itself. Not its business: going on from one
 * token to the next (`renewal.ts`), and what roles may do.
 */

import { newId, Refusal, type Role, type SignedIn } from "../hub/index.ts";
import { get, post } from "./api.ts";
import type { Credentials } from "./entering.ts";
import { deviceTokenFor, keepDeviceToken } from "./known.ts";
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

export interface Shift extends SignedIn {
  /** When the next token is due, by this device's own clock, which may be wrong in everything but how time passes. */
  readonly renewAtMs: number;
  /** Under which id the next one is asked for, by whichever tab and however often: to the hub it is one request. */
  readonly renewalId: string;
  /** At which kitchen tablet it began, by a PIN; undefined where it was by anything else. */
  readonly tabletId?: string | undefined;
}

export type ScreenName = "front" | "kitchen" | "floor" | "ops" | "office" | "live";

/** Of its time, after which a token is exchanged: there is some left to try again, and for a device that was away. */
const RENEW_AFTER_SHARE = 2 / 3;

const nameOf = (screen: ScreenName): string => `brigade.shift.${screen}`;

/** The shift under way at this screen, if there is one. Whether it is over is the hub's to say: clocks may be wrong. */
export function shiftAt(screen: ScreenName): Shift | null {
  const text = local.getItem(nameOf(screen));
  return text === null ? null : shiftIn(text);
}

function shiftIn(text: string): Shift | null {
  try {
    const shift: Shift = JSON.parse(text);
    // Before there were sessions, a shift was a token alone.
    return typeof shift.refreshToken === "string" ? shift : null;
  } catch {
    return null;
  }
}

/** What signing in, or going on, answered is this device's shift from now on; at a tablet it goes on as it began. */
export function shiftOf(signedIn: SignedIn, { tabletId }: Pick<Shift, "tabletId"> = {}): Shift {
  const renewAtMs = Date.now() + signedIn.expiresInSeconds * 1_000 * RENEW_AFTER_SHARE;
  return { ...signedIn, renewAtMs, renewalId: newId(), ...(tabletId !== undefined && { tabletId }) };
}

export function keepShift(screen: ScreenName, shift: Shift): void {
  local.setItem(nameOf(screen), JSON.stringify(shift));
}

/** Where a shift lies, for all tabs of a screen. */
export interface Place {
  readonly name: string;
  /** The shift that is kept there now; null where somebody signed out. */
  readonly now: () => Shift | null;
  readonly keep: (shift: Shift) => void;
}

export function placeAt(screen: ScreenName): Place {
  return { name: screen, now: () => shiftAt(screen), keep: (shift) => keepShift(screen, shift) };
}

/** This shift is over at this screen. One that was begun since in another tab is not. */
export function forgetShift(screen: ScreenName, shift: Shift): void {
  if (shiftAt(screen)?.sessionId === shift.sessionId) local.removeItem(nameOf(screen));
}

/** Let the hub end it too, so that its tokens are worth nothing any more. */
export function logOut(shift: Shift): Promise<void> {
  // Where nobody answers it ends by itself, some days after it was used last.
  return askToEnd(shift).catch(() => undefined);
}

async function askToEnd(shift: Shift): Promise<void> {
  try {
    await post("/auth/logout", {}, shift.accessToken);
  } catch (why) {
    if (!(why instanceof Refusal) || why.code !== "token_expired") throw why;
    await post("/auth/logout", {}, (await nextOf(shift)).accessToken);
  }
}

/** What the hub gives for a shift's refresh token. Asked again, by whichever tab, it is the same request. */
export function nextOf(shift: Shift): Promise<SignedIn> {
  return post<SignedIn>("/auth/refresh", { refreshToken: shift.refreshToken, commandId: shift.renewalId });
}

/** Begin a shift, with the code of a second factor where the hub has asked for one. Raises a Refusal. */
export async function signIn(screen: ScreenName, { email, password }: Credentials, code?: string): Promise<Shift> {
  const credentials = { email, password, code, device: deviceAt(screen), deviceToken: deviceTokenFor(email) };
  const signedIn = await post<SignedIn>("/auth/login", credentials);
  if (signedIn.deviceToken !== null) keepDeviceToken(email, signedIn.deviceToken);
  return shiftOf(signedIn);
}

/** Be one of the demo's people. */
export async function signInAs(screen: ScreenName, role: Role): Promise<Shift> {
  return shiftOf(await post<SignedIn>("/auth/demo", { role, device: deviceAt(screen) }));
}

/** How somebody would know this device in a list: *kitchen, iPad*. */
export function deviceAt(screen: ScreenName): string {
  const system = /\(([^;)]+)/.exec(navigator.userAgent)?.[1];
  return system === undefined ? screen : `${screen}, ${system}`.slice(0, 100);
}

export function welcome(): Promise<Welcome> {
  return get<Welcome>("/welcome");
}

/** The restaurants where a shift has one of these roles, in a fixed order. */
export function restaurantsOf(shift: Pick<Shift, "roles">, roles: ReadonlySet<Role>): readonly string[] {
  const mine = Object.entries(shift.roles).filter(([, held]) => held.some((role) => roles.has(role)));
  return mine.map(([restaurant]) => restaurant).sort();
}

export const HEADS: ReadonlySet<Role> = new Set(["manager", "owner"]);
export const FLOOR_STAFF: ReadonlySet<Role> = new Set([...HEADS, "waiter", "host", "expo"]);
export const KITCHEN_STAFF: ReadonlySet<Role> = new Set([...HEADS, "cook", "expo"]);
