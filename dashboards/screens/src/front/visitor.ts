/**
 * Who looks in at the front door. In a demo everybody is its manager, quietly and for this page only; elsewhere it is
 * whoever signs in here.
 *
 * Not its business: the shifts of other screens, which the doors begin.
 */

import { useCallback, useEffect, useRef, useState } from "react";

import {
  forgetShift,
  keepShift,
  logOut,
  type Place,
  placeAt,
  type Shift,
  shiftAt,
  signInAs,
  type Welcome,
} from "../house/shift.ts";
import { useRenewal } from "../house/useRenewal.ts";
import type { Refusal } from "../hub/index.ts";

export interface Visitor {
  readonly shift: Shift | null;
  /** Why somebody has to sign in again. */
  readonly refusal: Refusal | null;
  readonly signedIn: (shift: Shift) => void;
  readonly signOut: () => void;
  readonly sentAway: (refusal: Refusal) => void;
}

/** A hub that sends its own demo's manager away is not asked again at once. */
const COME_AGAIN_MS = 5_000;

export function useVisitor(greeting: Welcome | null): Visitor {
  const isDemo = greeting !== null && greeting.demo !== null;
  const [quiet, setQuiet] = useState<Shift | null>(null);
  const [own, setOwn] = useState<Shift | null>(() => shiftAt("front"));
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const waitsMs = useRef(0);
  useEffect(() => {
    if (!isDemo || quiet !== null) return;
    let isGone = false;
    let coming = setTimeout(come, waitsMs.current);
    function come(): void {
      waitsMs.current = COME_AGAIN_MS;
      signInAs("front", "manager").then(
        (shift) => !isGone && setQuiet(shift),
        () => !isGone && (coming = setTimeout(come, COME_AGAIN_MS)),
      );
    }
    return () => {
      isGone = true;
      clearTimeout(coming);
    };
  }, [isDemo, quiet]);
  const signedIn = useCallback((shift: Shift) => {
    keepShift("front", shift);
    setRefusal(null);
    setOwn(shift);
  }, []);
  const shift = greeting === null ? null : isDemo ? quiet : own;
  const leave = (why: Refusal | null): void => {
    if (shift !== null) forgetShift("front", shift);
    setRefusal(why);
    setOwn(null);
    setQuiet(null);
  };
  const place: Place = isDemo ? { name: "quiet", now: () => quiet, keep: setQuiet } : placeAt("front");
  const renew = useRenewal(shift, place, { renewed: isDemo ? setQuiet : setOwn, over: leave });
  return {
    shift,
    refusal,
    signedIn,
    signOut: () => {
      if (shift !== null) void logOut(shift);
      leave(null);
    },
    sentAway: (no) => (no.code === "token_expired" ? renew() : leave(no)),
  };
}
