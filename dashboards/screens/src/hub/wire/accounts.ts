/**
 * What travels between a hub and its screens: accounts.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

/** There is no such account any more. */
export interface AccountDeleted {
}

/** The password of the account that is to end; and a `code`, as in signing in, where a second factor is on. */
export interface Farewell {
  readonly password: string;
  readonly code?: string | null;
}

/** Whose password is forgotten. */
export interface Forgotten {
  readonly email: string;
}

/** What the link in a letter carries. */
export interface LetterRead {
  readonly token: string;
}

/** A letter is on its way, if there is anybody to write to. */
export interface LetterSent {
}

/** Whose letter did not arrive. */
export interface LetterWanted {
  readonly registrationId: string;
}

/** What the link in a letter carries, and the password from now on. */
export interface NewPassword {
  readonly token: string;
  readonly password: string;
}

/** The password until now, and from now on; and a `code`, as in signing in, where a second factor is on. */
export interface PasswordChange {
  readonly current: string;
  readonly new: string;
  readonly code?: string | null;
}

/** The sessions that ended with the password until now: all but the one that this was asked in. */
export interface PasswordChanged {
  readonly sessionIds: readonly string[];
}

/**
 * Nobody is signed in any more with the password until now. One signs in with this address and the new one.
 *
 * `deviceToken` is as in signing in: what strangers tried meanwhile keeps nobody from it who shows this.
 */
export interface PasswordReset {
  readonly email: string;
  readonly deviceToken: string;
}

/** A letter is on its way. Should it not arrive, another one is sent for the `registrationId`. */
export interface Registered {
  readonly registrationId: string;
}

/** Who wants an account. Letters come in `language`, where the house writes it. */
export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly language?: string;
}

/** The account has begun. One signs in with this address, and the password that one registered with. */
export interface Verified {
  readonly email: string;
}
