/**
 * What travels between a hub and its screens: addresses.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Seen } from "./command.ts";

/** Keep one more address. The first one is the default, and so is any other that says so. */
export interface AddAddress {
  readonly seen?: Seen | null;
  readonly label: string;
  readonly lines: readonly string[];
  readonly isDefault?: boolean;
}

/** Which address it is, and whether it is the default now. What it says, `GET /me/addresses` does. */
export interface AddressAnswer {
  readonly addressId: string;
  readonly isDefault: boolean;
}

/** The address that is forgotten. */
export interface AddressGoneAnswer {
  readonly addressId: string;
}

/**
 * Change an address. What is not named stays as it is; lines are replaced as a whole.
 *
 * One becomes the default in the place of the one before; it stays that until another one does.
 */
export interface ChangeAddress {
  readonly seen?: Seen | null;
  readonly addressId: string;
  readonly label?: string | null;
  readonly lines?: readonly string[] | null;
  readonly isDefault?: boolean | null;
}

/** Forget an address. The default one cannot be forgotten. */
export interface RemoveAddress {
  readonly seen?: Seen | null;
  readonly addressId: string;
}

/**
 * Change an address. What is not named stays as it is; lines are replaced as a whole.
 *
 * One becomes the default in the place of the one before; it stays that until another one does.
 */
export interface RestChangeAddress {
  readonly seen?: Seen | null;
  readonly label?: string | null;
  readonly lines?: readonly string[] | null;
  readonly isDefault?: boolean | null;
}

/** One of somebody's addresses: what they call it, and its lines as they stand on a letter. */
export interface PostalAddress {
  readonly addressId: string;
  readonly label: string;
  readonly lines: readonly string[];
  readonly isDefault: boolean;
}

/** Forget an address. The default one cannot be forgotten. */
export interface RestRemoveAddress {
  readonly seen?: Seen | null;
}
