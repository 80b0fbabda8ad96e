/**
 * What travels between a hub and its screens: asking-keys.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Ask } from "./asking.ts";
import type { KeyAnswer, KeyShown, Keys, RestChangeKey, RestMakeKey, RestRevokeKey, RestRotateKey } from "./keys.ts";

/** Every key of the restaurant. */
export function showKeysOfRestaurant(ask: Ask, restaurantId: string): Promise<Keys> {
  return ask("GET", `/restaurants/${encodeURIComponent(restaurantId)}/keys`);
}

/** Give a program a key of the restaurant, for these scopes. The key itself is in the answer, once. */
export function makeKey(ask: Ask, restaurantId: string, body: RestMakeKey): Promise<KeyAnswer> {
  return ask("POST", `/restaurants/${encodeURIComponent(restaurantId)}/keys`, { body });
}

/** One key. */
export function showKeysOne(ask: Ask, keyId: string): Promise<KeyShown> {
  return ask("GET", `/keys/${encodeURIComponent(keyId)}`);
}

/** Change a key. What is not named stays as it is; scopes and networks are replaced as a whole. */
export function changeKey(ask: Ask, keyId: string, body: RestChangeKey = {}): Promise<KeyAnswer> {
  return ask("PATCH", `/keys/${encodeURIComponent(keyId)}`, { body });
}

/** Nobody comes in with this key any more. Its sockets close. */
export function revokeKey(ask: Ask, keyId: string, body: RestRevokeKey = {}): Promise<KeyAnswer> {
  return ask("DELETE", `/keys/${encodeURIComponent(keyId)}`, { body });
}

/** Put another secret in the key's place: it is in the answer, once. The old one opens nothing from now on. */
export function rotateKey(ask: Ask, keyId: string, body: RestRotateKey = {}): Promise<KeyAnswer> {
  return ask("POST", `/keys/${encodeURIComponent(keyId)}/rotate`, { body });
}
