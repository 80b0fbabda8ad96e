/**
 * What travels between a hub and its screens: pins.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

/** Digits that only one knows oneself: none that are in a row, or repeat themselves, or are somebody's year. */
export interface NewPin {
  readonly pin: string;
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
  readonly deviceToken: string;
  readonly userId: string;
  readonly pin: string;
}
