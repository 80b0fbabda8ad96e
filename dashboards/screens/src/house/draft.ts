/**
 * What somebody is in the middle of: drafts outlive a reload, and a new version waits for free hands.
 *
 * Not its business: what was asked already (`hub/outbox.ts`).
 */

import { useCallback, useEffect, useState } from "react";

import { session } from "./storage.ts";

let handsFull = 0;

/** Whether somebody is in the middle of something at this screen. */
export function areHandsFull(): boolean {
  return handsFull > 0;
}

/** While `isFull`, the page is not reloaded under anybody's fingers. */
export function useFullHands(isFull: boolean): void {
  useEffect(() => {
    if (!isFull) return;
    handsFull += 1;
    return () => {
      handsFull -= 1;
    };
  }, [isFull]);
}

/** State that a reload of the page does not lose. `T` is whatever JSON can hold. */
export function useDraft<T>(name: string, empty: T): readonly [T, (draft: T) => void, () => void] {
  const key = `brigade.draft.${name}`;
  const [draft, setDraft] = useState<T>(() => kept(key, empty));
  const write = useCallback(
    (next: T) => {
      session.setItem(key, JSON.stringify(next));
      setDraft(next);
    },
    [key],
  );
  const forget = useCallback(() => {
    session.removeItem(key);
    setDraft(empty);
  }, [key, empty]);
  return [draft, write, forget];
}

function kept<T>(key: string, empty: T): T {
  const text = session.getItem(key);
  if (text === null) return empty;
  try {
    return JSON.parse(text);
  } catch {
    return empty;
  }
}
