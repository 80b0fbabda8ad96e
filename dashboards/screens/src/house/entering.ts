/**
 * How far somebody is who signs in: first their password, then, where they have a second factor, its code.
 *
 * Both go to the hub in one, so what was typed first is kept by the page meanwhile, for some minutes. Not its business:
 * the forms (`SignIn.tsx`, `CodeForm.tsx`).
 */

/** What somebody has typed, and the hub may be asked with again. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Whoever goes to fetch their telephone has so long. A tablet that is left standing keeps no password. */
export const KEPT_MS = 5 * 60_000;

/** What is wrong with the password, whatever the code: it begins anew. */
const BEGIN_ANEW: ReadonlySet<string> = new Set(["wrong_credentials", "account_locked"]);

/**
 * Whose code is asked for once the hub has said no: of those who were tried, or still of those who were asked. For null
 * it is the password.
 */
export function askedNext(tried: Credentials | null, asked: Credentials | null, code: string): Credentials | null {
  if (code === "second_factor_needed") return tried;
  return BEGIN_ANEW.has(code) ? null : asked;
}
