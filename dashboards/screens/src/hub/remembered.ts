/**
 * What this device last saw of the hub, kept for one person: what a page shows that opens without the network.
 *
 * That is the last board of each room, and what is read beside them, such as the menu. It is only ever shown as old as it
 * is. What is older than a shift, or was understood by another edition of the screens, is nothing. Not its business: when
 * something is kept, and what an age looks like.
 */

import { answered, SEEN, inDrawer } from "./drawer.ts";

/** Something as it was when it was last kept. */
export interface Remembered {
  /** Whatever a browser can copy. Who kept it knows its shape. */
  readonly what: unknown;
  /** When it was last known to be so, on this device's clock. */
  readonly atMs: number;
}

/** Where what one person last saw outlives the page. */
export interface Memory {
  /** The last that was kept under this name: a room's, or another. Null where there is none that may be shown. */
  recall(name: string): Promise<Remembered | null>;
  remember(name: string, last: Remembered): Promise<void>;
}

/** A shift. */
export const REMEMBERED_MS_MAX = 12 * 60 * 60_000;
/** What a few screens show; what was kept longest ago makes room. */
const KEPT_MAX = 12;

interface Row extends Remembered {
  readonly owner: string;
  readonly name: string;
  readonly edition: string;
}

/** The memory of this person on this device. `edition` names the program that understands what it kept. */
export function memoryOf(owner: string, edition: string): Memory {
  return {
    recall: async (name) => {
      const found: Row | undefined = await inDrawer(SEEN, "readonly", (store) => answered(store.get([owner, name])));
      return found !== undefined && found.edition === edition && isOfThisShift(found) ? found : null;
    },
    remember: (name, { what, atMs }) =>
      inDrawer(SEEN, "readwrite", async (store) => {
        const row: Row = { owner, name, edition, what, atMs };
        await answered(store.put(row));
        for (const key of await tooMany(store)) await answered(store.delete(key));
      }),
  };
}

/** Somebody goes home: nobody else looks at what they saw. */
export function forgetSeen(owner: string): Promise<void> {
  return inDrawer(SEEN, "readwrite", async (store) => {
    await answered(store.delete(IDBKeyRange.bound([owner], [owner, []])));
  });
}

/** What is of another shift, and what there is no room for. */
async function tooMany(store: IDBObjectStore): Promise<readonly [string, string][]> {
  const rows: readonly Row[] = await answered(store.getAll());
  const newest = rows.filter(isOfThisShift).sort((one, other) => other.atMs - one.atMs);
  const kept = new Set(newest.slice(0, KEPT_MAX));
  return rows.filter((row) => !kept.has(row)).map((row) => [row.owner, row.name]);
}

function isOfThisShift({ atMs }: Remembered): boolean {
  return Date.now() - atMs < REMEMBERED_MS_MAX;
}
