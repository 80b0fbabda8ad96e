/**
 * What the hub answers to one look, for what no room shows: asked when it is wanted, again on demand, and whenever
 * somebody comes back to the page.
 *
 * Not its business: boards, which are followed (`Connected.tsx`).
 */

import { useCallback, useEffect, useState } from "react";

import { Refusal } from "../hub/index.ts";
import { get } from "./api.ts";
import { useToken } from "./Connected.tsx";

const ASK_AGAIN_MS = 5_000;

export interface Look<T> {
  /** The last answer; null before the first, and of another path. */
  readonly seen: T | null;
  /** Why there is none, or no newer one. */
  readonly refusal: Refusal | null;
  readonly again: () => void;
}

interface Answer<T> {
  readonly path: string | null;
  readonly seen: T | null;
  readonly refusal: Refusal | null;
}

/** What the hub shows at this path; at none, nothing is asked. */
export function useLook<T>(path: string | null): Look<T> {
  const token = useToken();
  const [turn, setTurn] = useState(0);
  const [answer, setAnswer] = useState<Answer<T>>({ path, seen: null, refusal: null });
  const again = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => {
    if (path === null) return;
    let isOver = false;
    let later: ReturnType<typeof setTimeout>;
    get<T>(path, token).then(
      (seen) => isOver || setAnswer({ path, seen, refusal: null }),
      (why: unknown) => {
        if (isOver) return;
        const refusal = why instanceof Refusal ? why : new Refusal(NOT_UNDERSTOOD);
        setAnswer((before) => ({ path, seen: before.path === path ? before.seen : null, refusal }));
        if (refusal.retry) later = setTimeout(again, ASK_AGAIN_MS);
      },
    );
    return () => {
      isOver = true;
      clearTimeout(later);
    };
  }, [path, token, turn, again]);
  useEffect(() => {
    const comesBack = (): void => {
      if (document.visibilityState === "visible") again();
    };
    document.addEventListener("visibilitychange", comesBack);
    return () => document.removeEventListener("visibilitychange", comesBack);
  }, [again]);
  const isOfPath = answer.path === path;
  return { seen: isOfPath ? answer.seen : null, refusal: isOfPath ? answer.refusal : null, again };
}

const NOT_UNDERSTOOD = { code: "unreadable", message: "The hub's answer could not be read.", retry: true };
