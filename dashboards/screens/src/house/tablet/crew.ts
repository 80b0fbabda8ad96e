/** Who may tap a PIN at this tablet, asked again and again: somebody sets one, or the tablet is let out. */

import { useCallback, useEffect, useState } from "react";

import { type PinHolder, Refusal } from "../../hub/index.ts";
import { crewAt, type Tablet } from "../tablet.ts";

const ASK_AGAIN_MS = 15_000;
const TRY_AGAIN_MS = 3_000;

export interface Crew {
  /** Null until they were heard. */
  readonly people: readonly PinHolder[] | null;
  /** Why nobody, or nobody new, was heard. */
  readonly refusal: Refusal | null;
  readonly again: () => void;
}

export function useCrew(tablet: Tablet): Crew {
  const [people, setPeople] = useState<readonly PinHolder[] | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => {
    let isOver = false;
    let later: ReturnType<typeof setTimeout>;
    const heard = (found: readonly PinHolder[]): void => {
      if (isOver) return;
      setPeople(found);
      setRefusal(null);
      later = setTimeout(again, ASK_AGAIN_MS);
    };
    const failed = (why: unknown): void => {
      if (isOver) return;
      const no = why instanceof Refusal ? why : new Refusal({ code: "unreadable", message: String(why), retry: true });
      setRefusal(no);
      if (no.code !== "device_over") later = setTimeout(again, TRY_AGAIN_MS);
    };
    crewAt(tablet).then(heard, failed);
    return () => {
      isOver = true;
      clearTimeout(later);
    };
  }, [tablet, turn, again]);
  useEffect(() => {
    const comesBack = (): void => {
      if (document.visibilityState === "visible") again();
    };
    document.addEventListener("visibilitychange", comesBack);
    return () => document.removeEventListener("visibilitychange", comesBack);
  }, [again]);
  return { people, refusal, again };
}
