/**
 * How screens look that are read at a desk or in the hand: light, dark, or as the device does. Chosen in one's account,
 * it is kept on the device.
 *
 * Not its business: the kitchen and operations, which are dark for whoever stands two metres before them.
 */

import type { Theme } from "../hub/index.ts";
import { local } from "./storage.ts";

export const THEMES: readonly Theme[] = ["light", "dark", "auto"];
/** As a page that is light by itself looks after dark; its targets stay what they are. */
export type Look = "light" | "night";

const KEPT = "brigade.theme";
const NIGHT = "(prefers-color-scheme: dark)";

/** How a page looks for somebody who likes this, on a device that is dark by itself or not. */
export function lookOf(liked: Theme, isDeviceDark: boolean): Look {
  if (liked === "auto") return isDeviceDark ? "night" : "light";
  return liked === "dark" ? "night" : "light";
}

/** What was chosen on this device; what nobody chose is light. */
export function likedHere(): Theme {
  const kept = local.getItem(KEPT);
  return THEMES.find((one) => one === kept) ?? "light";
}

/** From now on this device's pages look like this. Where a page is always dark, it stays so. */
export function liken(theme: Theme): void {
  local.setItem(KEPT, theme);
  paint();
}

/** A page that looks as somebody likes it, from its first moment, and goes along when the device turns dark. */
export function followLooks(): Look {
  matchMedia(NIGHT).addEventListener("change", paint);
  return lookHere();
}

function lookHere(): Look {
  return lookOf(likedHere(), matchMedia(NIGHT).matches);
}

function paint(): void {
  const { dataset } = document.documentElement;
  if (dataset["theme"] === "light" || dataset["theme"] === "night") dataset["theme"] = lookHere();
}
