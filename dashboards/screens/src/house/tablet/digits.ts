/** What is on a PIN pad: digits that are tapped or typed, and when they are a whole PIN. Rules only. */

import { PIN_LENGTH_MAX, PIN_LENGTH_MIN } from "../../hub/index.ts";

/** What a key of the pad, or of a keyboard, does. */
export type PadKey = `${number}` | "erase" | "enter" | "leave";

const BY_NAME: ReadonlyMap<string, PadKey> = new Map([
  ["Backspace", "erase"],
  ["Delete", "erase"],
  ["Enter", "enter"],
  ["Escape", "leave"],
]);

/** What a keyboard's key does at the pad; null where it is none of its business. */
export function keyOf(key: string): PadKey | null {
  if (/^\d$/.test(key)) return key as PadKey;
  return BY_NAME.get(key) ?? null;
}

/** What stands there after one more key. */
export function after(digits: string, key: PadKey): string {
  if (key === "erase") return digits.slice(0, -1);
  if (!/^\d$/.test(key) || digits.length >= PIN_LENGTH_MAX) return digits;
  return digits + key;
}

/** Whether this could be a PIN. */
export function isWhole(digits: string): boolean {
  return digits.length >= PIN_LENGTH_MIN;
}

/** Whether it is shown at once: whoever's PIN is known to have so many digits has tapped the last of them. */
export function isDue(digits: string, length: number | null): boolean {
  return length !== null && digits.length === length;
}
