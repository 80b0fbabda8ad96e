/**
 * What travels between a hub and its screens: asking-devices.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Ask } from "./asking.ts";
import type {
  DeviceAnswer,
  DeviceCode,
  DeviceCodeAnswer,
  Devices,
  Enrolled,
  PinHolders,
  RestInviteDevice,
  RestRenameDevice,
  RestRevokeDevice,
  RestRotateDevice,
} from "./devices.ts";

/** Make this tablet one of the house's, with the code that a manager was given. */
export function enroll(ask: Ask, body: DeviceCode): Promise<Enrolled> {
  return ask("POST", "/auth/enroll", { body });
}

/** Who may tap a PIN at the tablet that asks. */
export function showDevicesPeople(ask: Ask): Promise<PinHolders> {
  return ask("GET", "/devices/me/people");
}

/** Every tablet of the restaurant. */
export function showDevicesOfRestaurant(ask: Ask, restaurantId: string): Promise<Devices> {
  return ask("GET", `/restaurants/${encodeURIComponent(restaurantId)}/devices`);
}

/** Have a code with which a tablet is enrolled: once, and within ten minutes. It is in the answer, once. */
export function inviteDevice(ask: Ask, restaurantId: string, body: RestInviteDevice = {}): Promise<DeviceCodeAnswer> {
  return ask("POST", `/restaurants/${encodeURIComponent(restaurantId)}/devices`, { body });
}

/** Call a tablet something else. */
export function renameDevice(ask: Ask, deviceId: string, body: RestRenameDevice): Promise<DeviceAnswer> {
  return ask("PATCH", `/devices/${encodeURIComponent(deviceId)}`, { body });
}

/** The tablet is none of the house's any more, and everybody is signed out there. */
export function revokeDevice(ask: Ask, deviceId: string, body: RestRevokeDevice = {}): Promise<DeviceAnswer> {
  return ask("DELETE", `/devices/${encodeURIComponent(deviceId)}`, { body });
}

/**
 * The tablet's token opens nothing any more, and everybody is signed out there. With the code in the answer it comes in
 * anew, as the same tablet.
 */
export function rotateDevice(ask: Ask, deviceId: string, body: RestRotateDevice = {}): Promise<DeviceCodeAnswer> {
  return ask("POST", `/devices/${encodeURIComponent(deviceId)}/rotate`, { body });
}
