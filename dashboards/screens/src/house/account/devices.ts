/** Where somebody is signed in, as they would say it. What a device calls itself is made at signing in (`shift.ts`). */

import type { ScreenName } from "../shift.ts";

const SCREENS: readonly ScreenName[] = ["front", "kitchen", "floor", "ops", "office", "live"];

/** What browsers call the systems that people know by another name. */
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/^X11$/, "Linux"],
  // Of a browser for desks it is X11 that is said first.
  [/^Linux$/, "Android"],
  [/^Windows\b/, "Windows"],
  [/^Macintosh$/, "Mac"],
];

export interface Place {
  readonly screen: ScreenName;
  /** Null where the browser did not say it. */
  readonly system: string | null;
}

/** What stands in `office, X11`; null where it is no name that a screen made. */
export function placeOf(device: string): Place | null {
  const [name, ...rest] = device.split(", ");
  const screen = SCREENS.find((one) => one === name);
  if (screen === undefined) return null;
  const said = rest.join(", ");
  const known = SYSTEMS.find(([pattern]) => pattern.test(said))?.[1];
  return { screen, system: said === "" ? null : (known ?? said) };
}
