/**
 * What travels between a hub and its screens: asking-profiles.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type {
  AddAddress,
  AddressAnswer,
  AddressGoneAnswer,
  RestChangeAddress,
  RestRemoveAddress,
} from "./addresses.ts";
import type { Ask } from "./asking.ts";
import type { NoAvatarAnswer } from "./avatars.ts";
import type {
  Addresses,
  ChangePreferences,
  ChangeProfile,
  Preferences,
  PreferencesAnswer,
  ProfileAnswer,
  RemoveAvatar,
  Statistics,
} from "./profiles.ts";

/** Change how one is described. What is not named stays as it is; a `phone` of null is forgotten. */
export function changeProfile(ask: Ask, body: ChangeProfile = {}): Promise<ProfileAnswer> {
  return ask("PATCH", "/me", { body });
}

/** What one likes; what one never chose is as it is for everybody. */
export function showProfilesPreferences(ask: Ask): Promise<Preferences> {
  return ask("GET", "/me/preferences");
}

/** Change what one likes. What is not named stays as it is. */
export function changePreferences(ask: Ask, body: ChangePreferences = {}): Promise<PreferencesAnswer> {
  return ask("PATCH", "/me/preferences", { body });
}

/** Where one lives, the default address first. */
export function showProfilesMyAddresses(ask: Ask): Promise<Addresses> {
  return ask("GET", "/me/addresses");
}

/** Keep one more address. The first one is the default, and so is any other that says so. */
export function addAddress(ask: Ask, body: AddAddress): Promise<AddressAnswer> {
  return ask("POST", "/me/addresses", { body });
}

/** Change an address. What is not named stays as it is; lines are replaced as a whole. */
export function changeAddress(ask: Ask, addressId: string, body: RestChangeAddress = {}): Promise<AddressAnswer> {
  return ask("PATCH", `/me/addresses/${encodeURIComponent(addressId)}`, { body });
}

/** Forget an address. The default one cannot be forgotten. */
export function removeAddress(ask: Ask, addressId: string, body: RestRemoveAddress = {}): Promise<AddressGoneAnswer> {
  return ask("DELETE", `/me/addresses/${encodeURIComponent(addressId)}`, { body });
}

/** What one's own orders of the last ninety days come to, and what was in them most often. */
export function showProfilesStatistics(ask: Ask): Promise<Statistics> {
  return ask("GET", "/me/statistics");
}

/** Have no picture any more. */
export function removeAvatar(ask: Ask, body: RemoveAvatar = {}): Promise<NoAvatarAnswer> {
  return ask("DELETE", "/me/avatar", { body });
}
