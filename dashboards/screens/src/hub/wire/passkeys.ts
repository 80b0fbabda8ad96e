/**
 * What travels between a hub and its screens: passkeys.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Seen } from "./command.ts";

/** The passkey that opens nothing any more. */
export interface PasskeyRemovedAnswer {
  readonly passkeyId: string;
}

/** Let a passkey of one's own open nothing here any more, such as one on a telephone that was lost. */
export interface RemovePasskey {
  readonly seen?: Seen | null;
  readonly passkeyId: string;
}

/** What a page gives to `navigator.credentials.create`, until `expiresAt`. */
export interface AskedToMake {
  readonly publicKey: CreationOptions;
  readonly expiresAt: string;
}

/** What a page gives to `navigator.credentials.get`, until `expiresAt`. It says nothing of anybody. */
export interface AskedToShow {
  readonly publicKey: RequestOptions;
  readonly expiresAt: string;
}

/** With what a page has a passkey made: `PublicKeyCredentialCreationOptionsJSON`. */
export interface CreationOptions {
  readonly rp: PartyNamed;
  readonly user: OwnerNamed;
  readonly challenge: string;
  readonly pubKeyCredParams: readonly Signing[];
  readonly timeout: number;
  readonly excludeCredentials: readonly KnownCredential[];
  readonly authenticatorSelection: Selecting;
  readonly attestation: "none";
}

/** Nothing has to be said. */
export interface Knocking {
}

/** A passkey, as devices know it. */
export interface KnownCredential {
  readonly type: "public-key";
  readonly id: string;
}

/** What a device has made, and how one calls it: `credentialId` is its `rawId`, the rest of its `response`. */
export interface MadePasskey {
  readonly name: string;
  readonly credentialId: string;
  readonly clientData: string;
  readonly attestation: string;
}

/** Whose it will be: by random bytes, which devices keep, and as they show them. */
export interface OwnerNamed {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
}

/** For whom a passkey is made. */
export interface PartyNamed {
  readonly id: string;
  readonly name: string;
}

/** One of somebody's passkeys. */
export interface Passkey {
  readonly passkeyId: string;
  readonly name: string;
  readonly addedAt: string;
  readonly usedAt: string | null;
}

/** Somebody's passkeys. */
export interface Passkeys {
  readonly nextCursor: string | null;
  readonly items: readonly Passkey[];
}

/** For whom passkeys are made here, and the one origin whose pages can. Null where nobody can make any. */
export interface PasskeysHere {
  readonly rpId: string | null;
  readonly origin: string | null;
}

/** One's password, and a code where a second factor is on: a session that was left open adds nothing. */
export interface ProvenFor {
  readonly password: string;
  readonly code?: string | null;
}

/** Let a passkey of one's own open nothing here any more, such as one on a telephone that was lost. */
export interface RestRemovePasskey {
  readonly seen?: Seen | null;
}

/** With what a page has a passkey shown: `PublicKeyCredentialRequestOptionsJSON`. */
export interface RequestOptions {
  readonly challenge: string;
  readonly rpId: string;
  readonly timeout: number;
  readonly userVerification: "required";
  readonly allowCredentials: readonly KnownCredential[];
}

/** It is found without a name, and proves who holds it. */
export interface Selecting {
  readonly residentKey: "required";
  readonly requireResidentKey: boolean;
  readonly userVerification: "required";
}

/** What a device has answered: `credentialId` is its `rawId`, and the rest its `response`. */
export interface ShownPasskey {
  readonly credentialId: string;
  readonly clientData: string;
  readonly authenticatorData: string;
  readonly signature: string;
  readonly userHandle: string;
  readonly device?: string | null;
}

/** With what it may sign. */
export interface Signing {
  readonly type: "public-key";
  readonly alg: number;
}
