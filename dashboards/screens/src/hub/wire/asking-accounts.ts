/**
 * What travels between a hub and its screens: asking-accounts.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type {
  AccountDeleted,
  Farewell,
  Forgotten,
  LetterRead,
  LetterSent,
  LetterWanted,
  NewPassword,
  PasswordChange,
  PasswordChanged,
  PasswordReset,
  Registered,
  Registration,
  Verified,
} from "./accounts.ts";
import type { Ask } from "./asking.ts";

/** Ask for an account. What happens next stands in the letter to this address. */
export function registerAccount(ask: Ask, body: Registration): Promise<Registered> {
  return ask("POST", "/auth/register", { body });
}

/** Begin the account that was asked for, with what the link in the letter carries. */
export function verifyAccount(ask: Ask, body: LetterRead): Promise<Verified> {
  return ask("POST", "/auth/verify", { body });
}

/** Have the letter about a registration sent once more. */
export function writeAgain(ask: Ask, body: LetterWanted): Promise<LetterSent> {
  return ask("POST", "/auth/verify/again", { body });
}

/** Have a letter sent with which to choose a new password. */
export function forgotAccount(ask: Ask, body: Forgotten): Promise<LetterSent> {
  return ask("POST", "/auth/forgot", { body });
}

/** Choose a new password with what the link in a letter carries. All sessions end. */
export function resetAccount(ask: Ask, body: NewPassword): Promise<PasswordReset> {
  return ask("POST", "/auth/reset", { body });
}

/** Choose another password. All other sessions end. */
export function changePassword(ask: Ask, body: PasswordChange): Promise<PasswordChanged> {
  return ask("PUT", "/me/password", { body });
}

/** End one's account, and everything that one may do with it. The last owner of a restaurant cannot. */
export function deleteAccount(ask: Ask, body: Farewell): Promise<AccountDeleted> {
  return ask("DELETE", "/me", { body });
}
