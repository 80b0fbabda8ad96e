/**
 * What travels between a hub and its screens: asking-sessions.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { SessionsEndedAnswer } from "./answers.ts";
import type { Ask } from "./asking.ts";
import type {
  AskedToMake,
  AskedToShow,
  Knocking,
  MadePasskey,
  Passkey,
  PasskeyRemovedAnswer,
  Passkeys,
  PasskeysHere,
  ProvenFor,
  RestRemovePasskey,
  ShownPasskey,
} from "./passkeys.ts";
import type { NewPin, OwnPin, PinSet, RemovePin, TappedPin } from "./pins.ts";
import type { Confirmed, Enrolment, FirstCode, Proven, RecoveryCodes, SecondFactor } from "./second_factors.ts";
import type {
  Credentials,
  LogOut,
  LogOutEverywhere,
  RefreshToken,
  RestEndSession,
  Sessions,
  SignedIn,
  Valid,
} from "./sessions.ts";
import type {
  CameBack,
  Departure,
  Links,
  ProviderName,
  Providers,
  RestUnlinkAccount,
  SentThere,
  UnlinkedAnswer,
} from "./vouching.ts";
import type { Visit } from "./welcome.ts";

/** Begin a session, with the right email and password, and the second factor's code where there is one. */
export function signIn(ask: Ask, body: Credentials): Promise<SignedIn> {
  return ask("POST", "/auth/login", { body });
}

/** Begin a session without a password, where the hub is a demo. */
export function signInToDemo(ask: Ask, body: Visit): Promise<SignedIn> {
  return ask("POST", "/auth/demo", { body });
}

/** Begin a session at a kitchen tablet, with the PIN of whoever stands there. */
export function tap(ask: Ask, body: TappedPin): Promise<SignedIn> {
  return ask("POST", "/auth/pin", { body });
}

/** Let a session go on: the next tokens for a refresh token, which is good once. */
export function refresh(ask: Ask, body: RefreshToken): Promise<SignedIn> {
  return ask("POST", "/auth/refresh", { body });
}

/** Who can vouch for whoever signs in at this hub. */
export function providers(ask: Ask): Promise<Providers> {
  return ask("GET", "/auth/providers");
}

/** Begin to sign in with an account of Google. */
export function beginWithGoogle(ask: Ask, body: Departure = {}): Promise<SentThere> {
  return ask("POST", "/auth/google/begin", { body });
}

/** Begin a session with what Google sent somebody back with. */
export function finishWithGoogle(ask: Ask, body: CameBack): Promise<SignedIn> {
  return ask("POST", "/auth/google/finish", { body });
}

/** Begin to sign in with an account of Facebook. */
export function beginWithFacebook(ask: Ask, body: Departure = {}): Promise<SentThere> {
  return ask("POST", "/auth/facebook/begin", { body });
}

/** Begin a session with what Facebook sent somebody back with. */
export function finishWithFacebook(ask: Ask, body: CameBack): Promise<SignedIn> {
  return ask("POST", "/auth/facebook/finish", { body });
}

/** Where passkeys can be made and shown for this hub. */
export function passkeysHere(ask: Ask): Promise<PasskeysHere> {
  return ask("GET", "/auth/passkeys");
}

/** Begin to sign in with a passkey. */
export function beginWithPasskey(ask: Ask, body: Knocking = {}): Promise<AskedToShow> {
  return ask("POST", "/auth/passkeys/begin", { body });
}

/** Begin a session with a passkey, which is both factors. */
export function finishWithPasskey(ask: Ask, body: ShownPasskey): Promise<SignedIn> {
  return ask("POST", "/auth/passkeys/finish", { body });
}

/** Whether a token opens anything, and whose it is. */
export function showSessionsValidate(ask: Ask): Promise<Valid> {
  return ask("GET", "/auth/validate");
}

/** End the session that this is asked in. Its tokens open nothing any more, and its sockets close. */
export function logOut(ask: Ask, body: LogOut = {}): Promise<SessionsEndedAnswer> {
  return ask("POST", "/auth/logout", { body });
}

/** End all of one's sessions, this one too. */
export function logOutEverywhere(ask: Ask, body: LogOutEverywhere = {}): Promise<SessionsEndedAnswer> {
  return ask("POST", "/auth/logout-everywhere", { body });
}

/** Where one is signed in, the session used last first. A guest has none. */
export function showSessionsMine(ask: Ask): Promise<Sessions> {
  return ask("GET", "/me/sessions");
}

/** End one of one's own sessions, such as that of a telephone that was lost. */
export function endSession(ask: Ask, sessionId: string, body: RestEndSession = {}): Promise<SessionsEndedAnswer> {
  return ask("DELETE", `/me/sessions/${encodeURIComponent(sessionId)}`, { body });
}

/** Which accounts elsewhere open one's own. */
export function showVouchingMine(ask: Ask): Promise<Links> {
  return ask("GET", "/me/links");
}

/** Let one's account elsewhere open this one no more. Whoever has no password yet chooses one by mail. */
export function unlinkAccount(ask: Ask, provider: ProviderName, body: RestUnlinkAccount = {}): Promise<UnlinkedAnswer> {
  return ask("DELETE", `/me/links/${encodeURIComponent(provider)}`, { body });
}

/** Whether one's second factor is on. */
export function showSecondFactorsShow(ask: Ask): Promise<SecondFactor> {
  return ask("GET", "/me/totp");
}

/** Begin with a second factor: a secret for one's telephone. It is on once its first code is shown. */
export function beginSecondFactor(ask: Ask, body: Confirmed): Promise<Enrolment> {
  return ask("POST", "/me/totp", { body });
}

/** Switch the second factor off. */
export function switchOffSecondFactor(ask: Ask, body: Proven): Promise<SecondFactor> {
  return ask("DELETE", "/me/totp", { body });
}

/** Switch the second factor on, with the first code that the telephone shows. */
export function confirmSecondFactor(ask: Ask, body: FirstCode): Promise<RecoveryCodes> {
  return ask("POST", "/me/totp/confirm", { body });
}

/** Other recovery codes, in place of all that there were. */
export function renewRecoveryCodes(ask: Ask, body: Proven): Promise<RecoveryCodes> {
  return ask("POST", "/me/totp/recovery-codes", { body });
}

/** One's own passkeys. */
export function showPasskeysMine(ask: Ask): Promise<Passkeys> {
  return ask("GET", "/me/passkeys");
}

/** Add a passkey that a device has made. */
export function addPasskey(ask: Ask, body: MadePasskey): Promise<Passkey> {
  return ask("POST", "/me/passkeys", { body });
}

/** Begin with a new passkey: what to have it made with. */
export function beginPasskey(ask: Ask, body: ProvenFor): Promise<AskedToMake> {
  return ask("POST", "/me/new-passkey", { body });
}

/** Let a passkey of one's own open nothing here any more, such as one on a telephone that was lost. */
export function removePasskey(
  ask: Ask,
  passkeyId: string,
  body: RestRemovePasskey = {},
): Promise<PasskeyRemovedAnswer> {
  return ask("DELETE", `/me/passkeys/${encodeURIComponent(passkeyId)}`, { body });
}

/** Whether one has a PIN, and since when. Which one it is, nobody is told. */
export function showPinsMine(ask: Ask): Promise<OwnPin> {
  return ask("GET", "/me/pin");
}

/** Set one's PIN, for every kitchen tablet. Whoever is at one with the PIN before is signed out. */
export function setPin(ask: Ask, body: NewPin): Promise<PinSet> {
  return ask("PUT", "/me/pin", { body });
}

/** Have no PIN any more. Whoever is at a kitchen tablet with it is signed out. */
export function removePin(ask: Ask, body: RemovePin = {}): Promise<SessionsEndedAnswer> {
  return ask("DELETE", "/me/pin", { body });
}
