/**
 * Which screens a page is of, and when it may load itself anew.
 *
 * A page is of those that were told when it was loaded, whoever has signed in since. Not its business: loading.
 */

import { session } from "./storage.ts";

/** Two hubs of two versions must not make a page reload for ever. */
export const RELOAD_AGAIN_MS_MIN = 60_000;
const RELOADED = "brigade.reloadedAt";

let own: string | null = null;

/** Take what a hub serves; the first telling is this page's own. Returns whether it is another one now. */
export function isNewer(screens: string | null): boolean {
  own ??= screens;
  return screens !== null && screens !== own;
}

/** Whether the last reload is long enough ago, on a clock that may have been set back since. */
export function mayReload(nowMs: number): boolean {
  const agoMs = nowMs - Number(session.getItem(RELOADED));
  return agoMs < 0 || agoMs >= RELOAD_AGAIN_MS_MIN;
}

/** Load the page anew. */
export function reload(): void {
  session.setItem(RELOADED, String(Date.now()));
  location.reload();
}
