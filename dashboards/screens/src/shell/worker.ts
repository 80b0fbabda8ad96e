/**
 * The service worker that holds the screens' files on a device: `shell.ts` says which, and what they are good for.
 *
 * Each build has a worker of its own, with the list of its files in it, so that a browser that finds another worker on
 * the hub takes up the whole of another build, and lets go of the one before. Not its business: what pages show.
 */

import { cacheOf, isFormer, isOfThisBuild, known, PAGE_MS_MAX, type Shell } from "./shell.ts";

declare const self: ServiceWorkerGlobalScope;
/** Put in its place by the build, which alone knows the names. */
declare const __SHELL__: Shell;

const SHELL = __SHELL__;

self.addEventListener("install", (event) => {
  // What was opened with the former build has all of it; nothing need wait until every tab is closed.
  event.waitUntil(hold().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(letGo().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const what = known(event.request, self.location.origin, SHELL);
  if (what.is === "page") event.respondWith(page(event.request, what.address));
  if (what.is === "asset") event.respondWith(asset(event.request, what.address));
});

/** All files or none: half a build opens nothing. */
async function hold(): Promise<void> {
  const cache = await caches.open(cacheOf(SHELL));
  await Promise.all([...SHELL.pages.map((address) => holdPage(cache, address)), cache.addAll([...SHELL.assets])]);
}

async function holdPage(cache: Cache, address: string): Promise<void> {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok || !isOfThisBuild(await answer.clone().text(), SHELL)) {
    throw new Error(`${address} is of another build just now.`);
  }
  await cache.put(address, answer);
}

async function letGo(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((one) => isFormer(one, SHELL)).map((one) => caches.delete(one)));
}

/** As the hub has it; as it is held, where the hub cannot be reached, is broken, or takes too long. */
async function page(request: Request, address: string): Promise<Response> {
  const held = await heldAt(address);
  if (held === undefined) return fetch(request);
  const answered = fetch(request).then(
    (answer) => (answer.status >= 500 ? held : answer),
    () => held,
  );
  return Promise.race([answered, later(PAGE_MS_MAX, held)]);
}

async function asset(request: Request, address: string): Promise<Response> {
  return (await heldAt(address)) ?? fetch(request);
}

async function heldAt(address: string): Promise<Response | undefined> {
  return (await caches.open(cacheOf(SHELL))).match(address);
}

function later<T>(delayMs: number, what: T): Promise<T> {
  return new Promise((resolve) => void setTimeout(() => resolve(what), delayMs));
}
