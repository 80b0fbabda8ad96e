/**
 * What travels between a hub and its screens: profiles.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { PostalAddress } from "./addresses.ts";
import type { Seen } from "./command.ts";
import type { Money } from "./money.ts";

/** Change what one likes. What is not named stays as it is. */
export interface ChangePreferences {
  readonly seen?: Seen | null;
  readonly theme?: Theme | null;
  readonly notifications?: boolean | null;
  readonly emailNotifications?: boolean | null;
  readonly currency?: string | null;
  readonly language?: Language | null;
}

/** Change how one is described. What is not named stays as it is; a `phone` of null is forgotten. */
export interface ChangeProfile {
  readonly seen?: Seen | null;
  readonly name?: string | null;
  readonly phone?: string | null;
  readonly language?: Language | null;
}

/** In what the screens and letters of this hub speak (ISO 639-1). */
export type Language = "en" | "es";

/** What one likes from now on. */
export interface PreferencesAnswer {
  readonly theme: Theme;
  readonly notifications: boolean;
  readonly emailNotifications: boolean;
  readonly currency: string;
  readonly language: Language;
}

/** Which fields are another than before. What they are now, `GET /me` says. */
export interface ProfileAnswer {
  readonly changed: readonly string[];
}

/** Have no picture any more. */
export interface RemoveAvatar {
  readonly seen?: Seen | null;
}

/** How a screen looks. `auto` is as the device does. */
export type Theme = "light" | "dark" | "auto";

/** Somebody's addresses. */
export interface Addresses {
  readonly nextCursor: string | null;
  readonly items: readonly PostalAddress[];
}

/** An item that was ordered more often than others, as it was called the last time. */
export interface Favourite {
  readonly itemId: string;
  readonly restaurantId: string;
  readonly name: string;
  readonly portions: number;
}

/**
 * What somebody likes. What they never chose is as it is for everybody.
 *
 * `notifications` and `emailNotifications` are about what one may do without: of the account itself one is told anyway.
 * In `currency` (ISO 4217) somebody likes to count; no price is converted.
 */
export interface Preferences {
  readonly theme: Theme;
  readonly notifications: boolean;
  readonly emailNotifications: boolean;
  readonly currency: string;
  readonly language: Language;
}

/**
 * What somebody's own orders come to since `since`; cancelled ones, and voided lines, do not count.
 *
 * `spent` is what was ordered, in each currency, before tax that comes on top of prices.
 */
export interface Statistics {
  readonly since: string;
  readonly orders: number;
  readonly spent: readonly Money[];
  readonly favourites: readonly Favourite[];
}
