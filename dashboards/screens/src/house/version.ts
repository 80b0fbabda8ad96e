/**
 * Which screens a page is of, and when it may load itself anew.
 *
 * A page says so itself, wherever it was loaded from: a device may have held it for weeks. Where it does not, it is of
 * those that were told first, whoever has signed in since. Not its business: loading.
 */

import { session } from "./storage.ts";

/** Two hubs of two versions must not make a page reload for ever. */
export const RELOAD_AGAIN_MS_MIN = 60_000;
const RELOADED = "brigade.reloadedAt";

let own: string | null = null;

/** Which screens this page is of, as the hub wrote into it; null where none did. */
export function ownScreens(): string | null {
  const said = document.querySelector<HTMLMetaElement>("meta[name=screens]")?.content;
  return said === undefined || said === "" ? null : said;
}

/** Take what a hub serves; of a page that does not know its own, the first telling is it. Returns whether it is another one now. */
export function isNewer(screens: string | null): boolean {
  own ??= ownScreens() ?? screens;
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
