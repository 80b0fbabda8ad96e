/**
 * Whether this device holds the screens, so that they open without the network, and asking it to.
 *
 * A browser does so only where it trusts the address: https, or this very machine. Not its business: which files, and
 * what is done with them (`../shell/worker.ts`).
 */

import { useSyncExternalStore } from "react";

const WORKER = "/worker.js";

let isHeld: boolean | null = null;
const listeners = new Set<() => void>();

/** Have the device hold the screens, and keep what is kept here. Asked again, it costs nothing. */
export function holdShell(): void {
  // While developing, every file is another one a moment later.
  if (import.meta.env.DEV) return;
  // What a browser may throw away for want of room, it keeps if it is asked; a no is no trouble.
  void navigator.storage?.persist?.().catch(() => false);
  if (!("serviceWorker" in navigator)) return tell(false);
  navigator.serviceWorker.register(WORKER, { updateViaCache: "none" }).catch(() => tell(false));
  void navigator.serviceWorker.ready.then(() => tell(true));
}

/** Whether the screens open here without the network; null as long as nobody knows. */
export function useShellIsHeld(): boolean | null {
  return useSyncExternalStore(listen, () => isHeld);
}

function tell(now: boolean): void {
  // Once held, a new build that cannot be had just now takes nothing away.
  isHeld ||= now;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
