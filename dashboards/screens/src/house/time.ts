/**
 * Time as it passes on a screen: one tick a second for everything that counts.
 *
 * Ages are on the hub's clock, and in a simulated dinner they run as fast as it does.
 */

import { useSyncExternalStore } from "react";

const TICK_MS = 1_000;
const listeners = new Set<() => void>();
let nowMs = Date.now();
let ticking: ReturnType<typeof setInterval> | undefined;

/** This device's clock, once a second. */
export function useNowMs(): number {
  return useSyncExternalStore(listen, () => nowMs);
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    nowMs = Date.now();
    ticking = setInterval(tick, TICK_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(ticking);
  };
}

function tick(): void {
  nowMs = Date.now();
  for (const listener of listeners) listener();
}
