/** Keeps a shift going for as long as its screen is there. Not its business: how (`renewal.ts`). */

import { useCallback, useEffect, useRef } from "react";

import { goOn, type Going, type Renewal } from "./renewal.ts";
import type { Place, Shift } from "./shift.ts";

/** Answers a function by which the next token is asked for at once: the hub has said that this one has run out. */
export function useRenewal(shift: Shift | null, place: Place, going: Going): () => void {
  const latest = useRef({ shift, place, going });
  latest.current = { shift, place, going };
  const renewal = useRef<Renewal | null>(null);
  const sessionId = shift?.sessionId ?? null;
  useEffect(() => {
    const begun = latest.current.shift;
    if (begun === null) return;
    const sharedPlace: Place = {
      name: latest.current.place.name,
      now: () => latest.current.place.now(),
      keep: (next) => latest.current.place.keep(next),
    };
    const running = goOn(begun, sharedPlace, {
      renewed: (next) => latest.current.going.renewed(next),
      over: (refusal) => latest.current.going.over(refusal),
    });
    renewal.current = running;
    return () => running.stop();
  }, [sessionId]);
  return useCallback(() => renewal.current?.now(), []);
}
