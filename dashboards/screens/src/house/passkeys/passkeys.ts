/**
 * Passkeys in a browser: having one shown to sign in, and having one made (WebAuthn Level 3).
 *
 * What the hub says has the form of the standard's JSON; older browsers cannot read that by themselves, so it is done
 * here. Not its business: what is believed, which the hub decides.
 */

import {
  type AskedToMake,
  type AskedToShow,
  type CreationOptions,
  type MadePasskey,
  type Passkey,
  type PasskeysHere,
  type ProvenFor,
  Refusal,
  type RequestOptions,
  type ShownPasskey,
  type SignedIn,
} from "../../hub/index.ts";
import { post } from "../api.ts";
import { useGreeting } from "../greeting.ts";
import { deviceAt, type ScreenName, type Shift, shiftOf } from "../shift.ts";

/** Where passkeys are made and shown for this hub; null until it was heard. */
export function usePasskeyHouse(): PasskeysHere | null {
  return useGreeting<PasskeysHere>("/auth/passkeys");
}

/** Whether this browser has passkeys, and this page is one that may ask for them. */
export function mayAsk({ origin }: PasskeysHere): boolean {
  return origin === location.origin && typeof PublicKeyCredential === "function";
}

/** As what somebody would know this device in a list, by what its browser says of it; null where that is nothing. */
export function systemIn(userAgent: string): string | null {
  // Android says that it is Linux, too, and says so first.
  return ["iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux"].find((one) => userAgent.includes(one)) ?? null;
}

/** Begin a shift with a passkey that somebody chooses. Raises a Refusal, also where they choose none. */
export async function signInWithPasskey(screen: ScreenName): Promise<Shift> {
  const asked = await post<AskedToShow>("/auth/passkeys/begin", {});
  const given = await givenBy(() => navigator.credentials.get({ publicKey: toShow(asked.publicKey) }));
  const shown = { ...shownBy(given), device: deviceAt(screen) };
  return shiftOf(await post<SignedIn>("/auth/passkeys/finish", shown));
}

/** Have a passkey made and add it to one's account. Raises a Refusal, also where none is made. */
export async function addPasskey(name: string, proven: ProvenFor, token: string): Promise<Passkey> {
  const asked = await post<AskedToMake>("/me/new-passkey", proven, token);
  const given = await givenBy(() => navigator.credentials.create({ publicKey: toMake(asked.publicKey) }));
  return post<Passkey>("/me/passkeys", { name, ...madeBy(given) }, token);
}

export function toShow({
  challenge,
  rpId,
  timeout,
  userVerification,
}: RequestOptions): PublicKeyCredentialRequestOptions {
  return { challenge: bytesOf(challenge), rpId, timeout, userVerification };
}

export function toMake(options: CreationOptions): PublicKeyCredentialCreationOptions {
  return {
    ...options,
    challenge: bytesOf(options.challenge),
    user: { ...options.user, id: bytesOf(options.user.id) },
    pubKeyCredParams: [...options.pubKeyCredParams],
    excludeCredentials: options.excludeCredentials.map(({ type, id }) => ({ type, id: bytesOf(id) })),
  };
}

function shownBy({ rawId, response }: PublicKeyCredential): ShownPasskey {
  const { clientDataJSON, authenticatorData, signature, userHandle } = response as AuthenticatorAssertionResponse;
  if (userHandle === null) throw notGiven();
  return {
    credentialId: textOf(rawId),
    clientData: textOf(clientDataJSON),
    authenticatorData: textOf(authenticatorData),
    signature: textOf(signature),
    userHandle: textOf(userHandle),
  };
}

function madeBy({ rawId, response }: PublicKeyCredential): Omit<MadePasskey, "name"> {
  const { clientDataJSON, attestationObject } = response as AuthenticatorAttestationResponse;
  return {
    credentialId: textOf(rawId),
    clientData: textOf(clientDataJSON),
    attestation: textOf(attestationObject),
  };
}

async function givenBy(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const given = await ask();
    if (given !== null) return given as PublicKeyCredential;
  } catch (why) {
    throw refusalOf(why);
  }
  throw notGiven();
}

/** What a browser says no with: it tells nobody whether there was no passkey, or somebody did not want to. */
export function refusalOf(why: unknown): Refusal {
  const name = why instanceof DOMException ? why.name : "";
  if (name === "NotAllowedError" || name === "AbortError") return notGiven();
  if (name === "InvalidStateError")
    return new Refusal({ code: "passkey_known", message: "This device has one already.", retry: false });
  return new Refusal({ code: "passkey_failed", message: String(why), retry: false });
}

function notGiven(): Refusal {
  return new Refusal({ code: "passkey_not_given", message: "No passkey was given.", retry: false });
}

/** Base64url, as bytes. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (mark) => mark.charCodeAt(0));
}

/** Bytes as base64url, without its padding. */
export function textOf(bytes: ArrayBuffer): string {
  const marks = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(marks).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
