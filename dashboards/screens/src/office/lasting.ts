/** Whether a key still opens anything, and until when. */

import type { KeyShown } from "../hub/index.ts";

const SOON_MS = 14 * 24 * 60 * 60 * 1_000;

export interface KeyState {
  readonly what: "revoked" | "ranOut" | "lasts" | "lastsForever";
  readonly isOpen: boolean;
  /** When it was revoked, or runs out. */
  readonly at: string | null;
  readonly isSoonOver: boolean;
}

export function stateOf({ revokedAt, expiresAt }: KeyShown, nowMs: number): KeyState {
  if (revokedAt !== null) return { what: "revoked", isOpen: false, at: revokedAt, isSoonOver: false };
  if (expiresAt === null) return { what: "lastsForever", isOpen: true, at: null, isSoonOver: false };
  const leftMs = Date.parse(expiresAt) - nowMs;
  if (leftMs <= 0) return { what: "ranOut", isOpen: false, at: expiresAt, isSoonOver: false };
  return { what: "lasts", isOpen: true, at: expiresAt, isSoonOver: leftMs < SOON_MS };
}
