/**
 * Who looks in at the front door. In a demo everybody is its manager, quietly and for this page only; elsewhere it is
 * whoever signs in here.
 *
 * Not its business: the shifts of other screens, which the doors begin.
 */

import { useCallback, useEffect, useRef, useState } from "react";

import { beginShift, endShift, type Shift, shiftAt, signInAs, type Welcome } from "../house/shift.ts";
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
      signInAs("manager").then(
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
    beginShift("front", shift);
    setRefusal(null);
    setOwn(shift);
  }, []);
  const leave = useCallback((why: Refusal | null) => {
    endShift("front");
    setRefusal(why);
    setOwn(null);
    setQuiet(null);
  }, []);
  return {
    shift: greeting === null ? null : isDemo ? quiet : own,
    refusal,
    signedIn,
    signOut: useCallback(() => leave(null), [leave]),
    sentAway: leave,
  };
}
