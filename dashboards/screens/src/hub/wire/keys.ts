/**
 * What travels between a hub and its screens: keys.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Seen } from "./command.ts";
import type { Permission } from "./rights.ts";

/** Change a key. What is not named stays as it is; scopes and networks are replaced as a whole. */
export interface ChangeKey {
  readonly seen?: Seen | null;
  readonly keyId: string;
  readonly name?: string | null;
  readonly scopes?: readonly Permission[] | null;
  readonly networks?: readonly string[] | null;
}

/**
 * A key as it is now. `key` is what a program comes in with, where there is a new one: it is shown this once.
 *
 * To whoever asks for the same again it is null. Who did not get the answer rotates the key, and has another.
 */
export interface KeyAnswer {
  readonly keyId: string;
  readonly name: string;
  readonly beginsWith: string;
  readonly scopes: readonly Permission[];
  readonly networks: readonly string[];
  readonly madeAt: string;
  readonly madeBy: string | null;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
  readonly key: string | null;
}

/** A key was changed, rotated or revoked. Every hub forgets what it knew of it, and judges its sockets anew. */
export interface KeyChanged {
  readonly keyId: string;
}

/**
 * Give a program a key of the restaurant, for these scopes. The key itself is in the answer, once.
 *
 * Where `networks` are named, it opens from there alone; without `expiresInDays` it does not run out.
 */
export interface MakeKey {
  readonly seen?: Seen | null;
  readonly restaurantId: string;
  readonly name: string;
  readonly scopes: readonly Permission[];
  readonly networks?: readonly string[];
  readonly expiresInDays?: number | null;
}

/** Nobody comes in with this key any more. Its sockets close. */
export interface RevokeKey {
  readonly seen?: Seen | null;
  readonly keyId: string;
}

/** Put another secret in the key's place: it is in the answer, once. The old one opens nothing from now on. */
export interface RotateKey {
  readonly seen?: Seen | null;
  readonly keyId: string;
}

/** Change a key. What is not named stays as it is; scopes and networks are replaced as a whole. */
export interface RestChangeKey {
  readonly seen?: Seen | null;
  readonly name?: string | null;
  readonly scopes?: readonly Permission[] | null;
  readonly networks?: readonly string[] | null;
}

/** A key as an owner recognises it: by its name, and by how it begins. A time is null where there is none. */
export interface KeyShown {
  readonly keyId: string;
  readonly name: string;
  readonly beginsWith: string;
  readonly scopes: readonly Permission[];
  readonly networks: readonly string[];
  readonly madeAt: string;
  readonly madeBy: string | null;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

/** Keys in the order in which they were made, those that are revoked among them. */
export interface Keys {
  readonly nextCursor: string | null;
  readonly items: readonly KeyShown[];
}

/**
 * Give a program a key of the restaurant, for these scopes. The key itself is in the answer, once.
 *
 * Where `networks` are named, it opens from there alone; without `expiresInDays` it does not run out.
 */
export interface RestMakeKey {
  readonly seen?: Seen | null;
  readonly name: string;
  readonly scopes: readonly Permission[];
  readonly networks?: readonly string[];
  readonly expiresInDays?: number | null;
}

/** Nobody comes in with this key any more. Its sockets close. */
export interface RestRevokeKey {
  readonly seen?: Seen | null;
}

/** Put another secret in the key's place: it is in the answer, once. The old one opens nothing from now on. */
export interface RestRotateKey {
  readonly seen?: Seen | null;
}
