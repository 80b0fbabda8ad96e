/**
 * Reading something of the hub until it was read: again where trying again can help, and for no longer than somebody
 * waits for it.
 */

import { Refusal } from "../hub/index.ts";

interface Reading<T> {
  readonly read: () => Promise<T>;
  readonly onRead: (what: T) => void;
  /** A no that stays one: it is not asked again. */
  readonly onRefused?: (refusal: Refusal) => void;
  /** A no that may pass. */
  readonly onDelay?: () => void;
  readonly tryAgainMs: number;
}

/** Begins to read. Returns how to stop, after which nothing is asked and nothing is told. */
export function keepReading<T>({ read, onRead, onRefused, onDelay, tryAgainMs }: Reading<T>): () => void {
  let isWanted = true;
  let again: ReturnType<typeof setTimeout> | undefined;
  const failed = (why: unknown): void => {
    if (!isWanted) return;
    if (!(why instanceof Refusal)) throw why;
    if (why.retry) {
      again = setTimeout(attempt, tryAgainMs);
      onDelay?.();
    } else onRefused?.(why);
  };
  const attempt = (): void => void read().then((what) => void (isWanted && onRead(what)), failed);
  attempt();
  return () => {
    isWanted = false;
    clearTimeout(again);
  };
}
