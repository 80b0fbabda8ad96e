/**
 * How a shift goes on: its token ends after a quarter of an hour, and is exchanged for the next one before that.
 *
 * All tabs of a screen have one shift. One of them asks, and the others find what it was given. Whatever goes wrong on
 * the way is tried again until the hub itself says that the shift is over: nobody is sent from their screen because a
 * network was slow. Not its business: where a shift is kept (`shift.ts`), and the line that goes on with it.
 */

import { alone, Refusal } from "../hub/index.ts";
import { nextOf, type Place, type Shift, shiftOf } from "./shift.ts";

/** Told how it goes on. */
export interface Going {
  readonly renewed: (shift: Shift) => void;
  /** The hub will not have it any more, for good. */
  readonly over: (refusal: Refusal) => void;
}

export interface Renewal {
  /** The hub said that the token has run out: do not wait for this device's clock. */
  now(): void;
  stop(): void;
}

/** A tablet that slept through its time notices so late. */
const LOOK_MS = 5_000;
const TRY_AGAIN_MS = 3_000;
const OVER: ReadonlySet<string> = new Set(["session_over", "token_expired", "token_invalid"]);
const SIGNED_OUT = { code: "session_over", message: "Somebody signed out.", retry: false };

export function goOn(begun: Shift, place: Place, going: Going): Renewal {
  let shift = begun;
  let isAsking = false;
  let waitsUntilMs = 0;
  let isStopped = false;

  const take = (found: Shift): void => {
    if (isStopped || !isLater(found, shift)) return;
    shift = found;
    going.renewed(found);
  };
  const renew = async (): Promise<void> => {
    if (isAsking || isStopped) return;
    isAsking = true;
    try {
      take(await exchanged(shift, place));
    } catch (why) {
      const refusal = why instanceof Refusal ? why : null;
      if (isStopped) return;
      if (refusal !== null && OVER.has(refusal.code)) {
        stop();
        going.over(refusal);
      } else waitsUntilMs = Date.now() + TRY_AGAIN_MS * (0.5 + Math.random());
    } finally {
      isAsking = false;
    }
  };
  const look = (): void => {
    const kept = place.now();
    if (kept !== null && kept.sessionId === shift.sessionId) take(kept);
    const nowMs = Date.now();
    if (nowMs >= shift.renewAtMs && nowMs >= waitsUntilMs) void renew();
  };
  const looking = setInterval(look, LOOK_MS);
  const stop = (): void => {
    isStopped = true;
    clearInterval(looking);
  };
  look();
  return {
    now: () => {
      shift = { ...shift, renewAtMs: 0 };
      look();
    },
    stop,
  };
}

function isLater(one: Shift, other: Shift): boolean {
  return Date.parse(one.expiresAt) > Date.parse(other.expiresAt);
}

/** A shift whose token is still good, for a page that asks once and is gone. Raises a Refusal. */
export async function goodShift(shift: Shift, place: Place): Promise<Shift> {
  return Date.now() < shift.renewAtMs ? shift : exchanged(shift, place);
}

/** The next of this shift: what another tab was given meanwhile, or else the hub's own answer. Raises a Refusal. */
function exchanged(shift: Shift, place: Place): Promise<Shift> {
  return alone(`renewal.${place.name}`, async () => {
    const kept = place.now();
    if (kept === null) throw new Refusal(SIGNED_OUT);
    // Another tab may have begun another shift since. This one goes on beside it, for as long as its page is there.
    const isOurs = kept.sessionId === shift.sessionId;
    if (isOurs && isLater(kept, shift)) return kept;
    const next = shiftOf(await nextOf(shift), shift);
    if (isOurs) place.keep(next);
    return next;
  });
}
