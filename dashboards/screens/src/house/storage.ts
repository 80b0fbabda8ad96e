/**
 * What a device keeps: over a restart (`local`), or for as long as a tab lives (`session`).
 *
 * A browser may forbid it, or have no room left. A tablet must work all the same, so nothing here ever throws: what
 * cannot be kept is remembered by the page alone.
 */

type CarefulStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export const local: CarefulStorage = careful(() => localStorage);
export const session: CarefulStorage = careful(() => sessionStorage);

function careful(storage: () => Storage): CarefulStorage {
  const page = new Map<string, string>();
  return {
    getItem: (name) => page.get(name) ?? attempt(() => storage().getItem(name)) ?? null,
    setItem: (name, text) => {
      const isKept = attempt(() => (storage().setItem(name, text), true)) ?? false;
      if (isKept) page.delete(name);
      else page.set(name, text);
    },
    removeItem: (name) => {
      page.delete(name);
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
