/**
 * How old what a screen shows is, in a form that can be said in words.
 *
 * A room is *proven* at a moment when it is known to have been whole then: when a subscription was answered, when an
 * entry fitted, and when the hub said that it had shown everything. From then on it ages. Not its business: words and
 * colours, which are each screen's.
 */

/** The hub beats every 5 s and compares heads every second; a missed half beat is not yet worth a word. */
export const LIVE_MS_MAX = 8_000;
/** From here on the board is grey: it may be wrong, and whoever reads it must see that. */
export const STALE_MS_MIN = 15_000;

/** A screen's second hand may be this far behind a proof. */
const CLOCK_SLACK_MS = 2_000;

export type Freshness =
  /** Nothing to show yet. */
  | { readonly state: "opening" }
  /** Nothing to show yet, and waited for longer than anybody does without a word. */
  | { readonly state: "unanswered" }
  | { readonly state: "live" }
  /** Connected, and not known to be whole for so long. */
  | { readonly state: "behind"; readonly seconds: number; readonly isStale: boolean }
  /** Not connected; `sinceMs` (this device's clock) is when it was last known to be whole. */
  | { readonly state: "offline"; readonly sinceMs: number; readonly isStale: boolean };

export interface FreshnessFacts {
  readonly isConnected: boolean;
  /** When the room was last proven, on this device's clock; null before its first board. */
  readonly provenAtMs: number | null;
  readonly nowMs: number;
  /** Whether its first board has been waited for too long. */
  readonly isLate?: boolean;
}

export function freshness({ isConnected, provenAtMs, nowMs, isLate = false }: FreshnessFacts): Freshness {
  if (provenAtMs === null) return { state: isLate ? "unanswered" : "opening" };
  // Proven in the future: the clock was set back, and nobody knows how old this is until the next proof.
  const ageMs = provenAtMs - nowMs > CLOCK_SLACK_MS ? STALE_MS_MIN : Math.max(0, nowMs - provenAtMs);
  const isStale = ageMs >= STALE_MS_MIN;
  if (!isConnected) return { state: "offline", sinceMs: provenAtMs, isStale };
  if (ageMs <= LIVE_MS_MAX) return { state: "live" };
  return { state: "behind", seconds: Math.round(ageMs / 1_000), isStale };
}

/** Whether what is shown must be shown as old. */
export function isStale(one: Freshness): boolean {
  return "isStale" in one && one.isStale;
}
