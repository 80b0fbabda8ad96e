/**
 * The last board of each room, kept on this device for one person: what a page shows that opens without the network.
 *
 * A board is only ever shown as old as it is, and its chain goes on from its number when the line is back. What is older
 * than a shift, or was drawn by another edition of the screens, is nothing. Not its business: when a board is kept
 * (`hub.ts`), and what an age looks like.
 */

import type { Held } from "./chain.ts";
import { answered, BOARDS, inDrawer } from "./drawer.ts";

/** A room as it was when it was last kept. */
export interface Remembered {
  readonly board: unknown;
  readonly held: Held;
  /** When the board was last known to be whole, on this device's clock. */
  readonly provenAtMs: number;
}

/** Where one person's last boards outlive the page. */
export interface Memory {
  /** The room's last board; null where there is none that may be shown. */
  recall(room: string): Promise<Remembered | null>;
  remember(room: string, what: Remembered): Promise<void>;
}

/** A shift. */
export const REMEMBERED_MS_MAX = 12 * 60 * 60_000;
/** The rooms of a few screens; the one that was kept longest ago makes room. */
const ROOMS_MAX = 8;

interface Row extends Remembered {
  readonly owner: string;
  readonly room: string;
  readonly edition: string;
}

/** The memory of this person on this device. `edition` names the program that understands its boards. */
export function memoryOf(owner: string, edition: string): Memory {
  return {
    recall: async (room) => {
      const found: Row | undefined = await inDrawer(BOARDS, "readonly", (store) => answered(store.get([owner, room])));
      return found !== undefined && found.edition === edition && isOfThisShift(found) ? found : null;
    },
    remember: (room, { board, held, provenAtMs }) =>
      inDrawer(BOARDS, "readwrite", async (store) => {
        const row: Row = { owner, room, edition, board, held, provenAtMs };
        await answered(store.put(row));
        for (const key of await tooMany(store)) await answered(store.delete(key));
      }),
  };
}

/** Somebody goes home: nobody else looks at what they saw. */
export function forgetBoards(owner: string): Promise<void> {
  return inDrawer(BOARDS, "readwrite", async (store) => {
    await answered(store.delete(IDBKeyRange.bound([owner], [owner, []])));
  });
}

/** What is of another shift, and what there is no room for. */
async function tooMany(store: IDBObjectStore): Promise<readonly [string, string][]> {
  const rows: readonly Row[] = await answered(store.getAll());
  const newest = rows.filter(isOfThisShift).sort((one, other) => other.provenAtMs - one.provenAtMs);
  const kept = new Set(newest.slice(0, ROOMS_MAX));
  return rows.filter((row) => !kept.has(row)).map((row) => [row.owner, row.room]);
}

function isOfThisShift({ provenAtMs }: Remembered): boolean {
  return Date.now() - provenAtMs < REMEMBERED_MS_MAX;
}
