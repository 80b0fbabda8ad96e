/** What the hub says to everybody, asked until it has answered once. */

import { useEffect, useState } from "react";

import { get } from "./api.ts";

const ASK_AGAIN_MS = 5_000;

/** What it answers there; null until that was heard. */
export function useGreeting<T>(path: string): T | null {
  const [heard, setHeard] = useState<T | null>(null);
  useEffect(() => {
    let isOver = false;
    let again: ReturnType<typeof setTimeout>;
    const ask = (): void =>
      void get<T>(path).then(setHeard, () => {
        if (!isOver) again = setTimeout(ask, ASK_AGAIN_MS);
      });
    ask();
    return () => {
      isOver = true;
      clearTimeout(again);
    };
  }, [path]);
  return heard;
}
