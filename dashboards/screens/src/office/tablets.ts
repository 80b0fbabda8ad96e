/** What is said of a kitchen tablet and of the code by which one comes in. Rules only. */

import type { DeviceShown } from "../hub/index.ts";

const GROUP = 4;

/** A code as it is read out and typed: `K7M4 X2PQ`. */
export function grouped(code: string): string {
  return code.match(new RegExp(`.{1,${GROUP}}`, "g"))?.join(" ") ?? "";
}

/** Those that are the house's, in the order in which they came in; and those that were, the last revoked one first. */
export function sorted(all: readonly DeviceShown[]): {
  readonly here: readonly DeviceShown[];
  readonly gone: readonly DeviceShown[];
} {
  const gone = all.filter((one) => one.revokedAt !== null);
  return {
    here: all.filter((one) => one.revokedAt === null),
    gone: gone.toSorted((one, other) => String(other.revokedAt).localeCompare(String(one.revokedAt))),
  };
}

/** The one that has come in since `before` was looked at. */
export function newcomer(before: readonly DeviceShown[], now: readonly DeviceShown[]): DeviceShown | null {
  const known = new Set(before.map((one) => one.deviceId));
  return now.find((one) => !known.has(one.deviceId)) ?? null;
}

/** As long as a code is good. This device only estimates the hub's clock, and must not promise more. */
const CODE_SECONDS = 600;

/** For how many seconds more a code is good. */
export function secondsLeft(expiresAt: string, nowMs: number): number {
  return Math.min(CODE_SECONDS, Math.max(0, Math.floor((Date.parse(expiresAt) - nowMs) / 1_000)));
}
