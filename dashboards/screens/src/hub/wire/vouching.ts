/**
 * What travels between a hub and its screens: vouching.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Seen } from "./command.ts";

/** Whoever can vouch for somebody. */
export type ProviderName = "google" | "facebook";

/** Let one's account elsewhere open this one no more. Whoever has no password yet chooses one by mail. */
export interface UnlinkAccount {
  readonly seen?: Seen | null;
  readonly provider: ProviderName;
}

/** Whose account opens this one no longer. */
export interface UnlinkedAnswer {
  readonly provider: ProviderName;
}

/**
 * With what the provider sent somebody back (`code`, `state`, and `iss` where there is one), and their handle.
 *
 * With an `accessToken`, the account there is linked to the account of whoever carries it.
 */
export interface CameBack {
  readonly code: string;
  readonly state: string;
  readonly handle: string;
  readonly iss?: string | null;
  readonly device?: string | null;
  readonly accessToken?: string | null;
}

/** Nothing more has to be said. */
export interface Departure {
}

/** An account elsewhere that opens this one. */
export interface Link {
  readonly provider: ProviderName;
  readonly linkedAt: string;
}

/** Somebody's accounts elsewhere. */
export interface Links {
  readonly nextCursor: string | null;
  readonly items: readonly Link[];
}

/** Somebody who can vouch for whoever signs in here. */
export interface Offered {
  readonly provider: ProviderName;
}

/** Everybody who can. */
export interface Providers {
  readonly nextCursor: string | null;
  readonly items: readonly Offered[];
}

/** Where to go, and what to finish with, until `expiresAt`. Whoever begins keeps the `handle` to themselves. */
export interface SentThere {
  readonly url: string;
  readonly handle: string;
  readonly expiresAt: string;
}

/** Let one's account elsewhere open this one no more. Whoever has no password yet chooses one by mail. */
export interface RestUnlinkAccount {
  readonly seen?: Seen | null;
}
