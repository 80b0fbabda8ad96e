/**
 * What travels between a hub and its screens: pins.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Seen } from "./command.ts";

/** Have no PIN any more. Whoever is at a kitchen tablet with it is signed out. */
export interface RemovePin {
  readonly seen?: Seen | null;
}

/** Digits that only one knows oneself: none that are in a row, or repeat themselves, or are somebody's year. */
export interface NewPin {
  readonly pin: string;
}

/** Since when one has the PIN that one has; null where one has none. */
export interface OwnPin {
  readonly setAt: string | null;
}

/** Somebody who may tap a PIN. */
export interface PinHolder {
  readonly userId: string;
  readonly name: string;
}

/** The PIN is another now, and these sessions ended that began with the one before. */
export interface PinSet {
  readonly sessionIds: readonly string[];
}

/** Which tablet it is, who says that they are there, and the PIN by which that is known. */
export interface TappedPin {
  readonly tabletToken: string;
  readonly userId: string;
  readonly pin: string;
}
