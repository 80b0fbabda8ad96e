/**
 * Which of the screens' files a device holds, so that its pages open without the network, and what it holds of the rest.
 *
 * The hub is asked first for a page, for it may have a newer one; an asset is named after its content and need not be
 * asked for twice. Everything else is the network's: what the hub knows is never held here. Not its business: fetching
 * and keeping (`worker.ts`), and who signs in.
 */

/** What a build is made of: its digest, as the hub tells it, and the addresses of its files. */
export interface Shell {
  readonly screens: string;
  readonly pages: readonly string[];
  readonly assets: readonly string[];
}

const CACHE_PREFIX = "brigade.shell.";
/** A page that does not come in this time is opened as it is held: a line may be dead without a word. */
export const PAGE_MS_MAX = 3_000;

/** Under which name a build's files are held. */
export function cacheOf({ screens }: Pick<Shell, "screens">): string {
  return CACHE_PREFIX + screens;
}

/** Whether a cache is of some build's files, and not of this one's. */
export function isFormer(cache: string, shell: Pick<Shell, "screens">): boolean {
  return cache.startsWith(CACHE_PREFIX) && cache !== cacheOf(shell);
}

/** What of a request this device knows by itself; `address` is under which it is held. */
export type Known =
  | { readonly is: "page"; readonly address: string }
  | { readonly is: "asset"; readonly address: string }
  /** The network's business alone. */
  | { readonly is: "nothing" };

interface Wanted {
  readonly method: string;
  readonly mode: string;
  readonly url: string;
}

/** What is to be done about a request of a page that was opened at `origin`. */
export function known({ method, mode, url }: Wanted, origin: string, shell: Shell): Known {
  const at = new URL(url);
  if (method !== "GET" || at.origin !== origin) return { is: "nothing" };
  // The question in a page's address says which station hangs there; the page is the same.
  if (mode === "navigate" && shell.pages.includes(at.pathname)) return { is: "page", address: at.pathname };
  if (shell.assets.includes(at.pathname)) return { is: "asset", address: at.pathname };
  return { is: "nothing" };
}

/** Whether a page that the hub answers is of this build: two hubs of two versions may stand behind one address. */
export function isOfThisBuild(page: string, { screens }: Pick<Shell, "screens">): boolean {
  return page.includes(`name="screens" content="${screens}"`);
}
