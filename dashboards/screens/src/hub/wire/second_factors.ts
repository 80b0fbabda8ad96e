/**
 * What travels between a hub and its screens: second_factors.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

/** One's password once more: a tablet that somebody left signed in must not be enough. */
export interface Confirmed {
  readonly password: string;
}

/** A new secret, for a telephone alone: as it is typed, as a URI, and as the picture (SVG) of that. */
export interface Enrolment {
  readonly secret: string;
  readonly uri: string;
  readonly svg: string;
}

/** What the telephone shows, once it knows the secret. */
export interface FirstCode {
  readonly code: string;
}

/** One's password, and a code of the telephone or a recovery code. */
export interface Proven {
  readonly password: string;
  readonly code: string;
}

/** Codes for whoever has lost their telephone, each good once. They are shown this once. */
export interface RecoveryCodes {
  readonly recoveryCodes: readonly string[];
}

/** Whether somebody's second factor is on, since when, and how many recovery codes they have left. */
export interface SecondFactor {
  readonly isOn: boolean;
  readonly isOnSince: string | null;
  readonly recoveryCodesLeft: number;
}
