/**
 * What travels between a hub and its screens: devices.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Seen } from "./command.ts";
import type { PinHolder } from "./pins.ts";

/** A tablet as it is now. */
export interface DeviceAnswer {
  readonly deviceId: string;
  readonly name: string;
  readonly enrolledAt: string;
  readonly enrolledBy: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

/**
 * The code that is typed at a tablet, until when it is good, and which tablet comes in anew by it, if any.
 *
 * To whoever asks for the same again it is null. Who did not get the answer asks for another one.
 */
export interface DeviceCodeAnswer {
  readonly code: string | null;
  readonly expiresAt: string;
  readonly deviceId: string | null;
}

/** A tablet is one of the house's from now on, or has come in anew under its old name. */
export interface DeviceEnrolled {
  readonly deviceId: string;
  readonly deviceName: string;
}

/** A tablet is none of the house's any more. Everybody who tapped a PIN there is signed out. */
export interface DeviceRevoked {
  readonly deviceId: string;
  readonly deviceName: string;
}

/** Have a code with which a tablet is enrolled: once, and within ten minutes. It is in the answer, once. */
export interface InviteDevice {
  readonly seen?: Seen | null;
  readonly restaurantId: string;
}

/** Call a tablet something else. */
export interface RenameDevice {
  readonly seen?: Seen | null;
  readonly deviceId: string;
  readonly name: string;
}

/** The tablet is none of the house's any more, and everybody is signed out there. */
export interface RevokeDevice {
  readonly seen?: Seen | null;
  readonly deviceId: string;
}

/**
 * The tablet's token opens nothing any more, and everybody is signed out there. With the code in the answer it comes in
 * anew, as the same tablet.
 */
export interface RotateDevice {
  readonly seen?: Seen | null;
  readonly deviceId: string;
}

/** The code that a manager was given, typed at the tablet, and how that is called from now on. */
export interface DeviceCode {
  readonly code: string;
  readonly name: string;
}

/** A tablet as a manager recognises it. A time is null where there is none. */
export interface DeviceShown {
  readonly deviceId: string;
  readonly name: string;
  readonly enrolledAt: string;
  readonly enrolledBy: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

/** Tablets in the order in which they came in, those that are revoked among them. */
export interface Devices {
  readonly nextCursor: string | null;
  readonly items: readonly DeviceShown[];
}

/** Which tablet this is from now on, where, and the token that it shows. */
export interface Enrolled {
  readonly tabletToken: string;
  readonly deviceId: string;
  readonly name: string;
  readonly restaurantId: string;
}

/** Have a code with which a tablet is enrolled: once, and within ten minutes. It is in the answer, once. */
export interface RestInviteDevice {
  readonly seen?: Seen | null;
}

/** Who may tap a PIN at this tablet, by their names. */
export interface PinHolders {
  readonly nextCursor: string | null;
  readonly items: readonly PinHolder[];
}

/** Call a tablet something else. */
export interface RestRenameDevice {
  readonly seen?: Seen | null;
  readonly name: string;
}

/** The tablet is none of the house's any more, and everybody is signed out there. */
export interface RestRevokeDevice {
  readonly seen?: Seen | null;
}

/**
 * The tablet's token opens nothing any more, and everybody is signed out there. With the code in the answer it comes in
 * anew, as the same tablet.
 */
export interface RestRotateDevice {
  readonly seen?: Seen | null;
}
