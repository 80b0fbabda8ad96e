/**
 * What a device keeps: over a restart (`local`), or for as long as a tab lives (`session`).
 *
 * A browser may forbid it, or have no room left. A tablet must work all the same, so nothing here ever throws: what
 * cannot be kept is remembered by the page alone.
 */

import { type Keeper, memory } from "../hub/index.ts";

export const local: Keeper = careful(() => localStorage);
export const session: Keeper = careful(() => sessionStorage);

function careful(storage: () => Storage): Keeper {
  const page = memory();
  return {
    getItem: (name) => page.getItem(name) ?? attempt(() => storage().getItem(name)) ?? null,
    setItem: (name, text) => {
      const isKept = attempt(() => (storage().setItem(name, text), true)) ?? false;
      if (isKept) page.removeItem(name);
      else page.setItem(name, text);
    },
    removeItem: (name) => {
      page.removeItem(name);
      attempt(() => storage().removeItem(name));
    },
  };
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
