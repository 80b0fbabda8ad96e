/**
 * By what the hub knows this device again: for each account that was signed in to here, what was answered then.
 *
 * Shown at the next sign-in, it keeps whoever guesses elsewhere from locking somebody out here. It opens nothing, so it
 * stays when a shift is over. Not its business: shifts (`shift.ts`).
 */

import { local } from "./storage.ts";

const NAME = "brigade.known";
export const ACCOUNTS_MAX = 50;

/** What this device was given for an account; undefined where nobody has signed in to it here. */
export function deviceTokenFor(email: string): string | undefined {
  return kept().get(accountOf(email));
}

export function keepDeviceToken(email: string, token: string): void {
  const tokens = kept();
  // Put at the end anew: of too many, those are given up that were used longest ago.
  tokens.delete(accountOf(email));
  tokens.set(accountOf(email), token);
  local.setItem(NAME, JSON.stringify([...tokens].slice(-ACCOUNTS_MAX)));
}

/** The same however somebody writes it. */
function accountOf(email: string): string {
  return email.trim().toLowerCase();
}

function kept(): Map<string, string> {
  try {
    const pairs: [string, string][] = JSON.parse(local.getItem(NAME) ?? "[]");
    return new Map(pairs);
  } catch {
    return new Map();
  }
}
