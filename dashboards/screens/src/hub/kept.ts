/**
 * Where what somebody asked lies until it is answered: in the drawer of this device, for that person alone.
 *
 * Each command is one page's to send; a page that is gone leaves its commands to the next. Not its business: sending
 * (`outbox.ts`).
 */

import { ASKED, answered, inDrawer } from "./drawer.ts";
import { Tab } from "./tabs.ts";
import type { Commands } from "./wire.ts";

/** A command as it is kept. */
export interface Kept {
  readonly commandId: string;
  readonly verb: keyof Commands;
  readonly fields: object;
  readonly askedAtMs: number;
  /** Whether the hub may have heard it already. */
  readonly wasSaid: boolean;
}

/** Where one person's unanswered commands outlive the page. */
export interface Keeper {
  /** What is kept and nobody else on this device is about to send, in the order in which it was asked. */
  read(): Promise<readonly Kept[]>;
  /** Keep these as they are now, and let go of those: all of it or, where it rejects, nothing. */
  write(kept: readonly Kept[], gone: readonly string[]): Promise<void>;
  /** Have this told when there is more to be read: somebody who was still about to send it has gone. */
  listen(more: () => void): void;
  /** Nothing will be sent from here any more; what is kept is anybody's. */
  leave(): void;
}

interface Row extends Kept {
  readonly nth?: number;
  readonly owner: string;
  readonly tab: string;
}

/** The keeper of this person's commands on this device. */
export function keeperOf(owner: string): Keeper {
  const tab = new Tab();
  let more = (): void => undefined;
  return {
    listen: (listener) => void (more = listener),
    read: async () => {
      await takeOver(owner, tab, () => more());
      return (await rowsOf(owner)).filter((row) => row.tab === tab.id).map(keptOf);
    },
    write: (kept, gone) =>
      inDrawer(ASKED, "readwrite", async (store) => {
        for (const one of kept) await put(store, { ...keptOf(one), owner, tab: tab.id });
        for (const commandId of gone) await remove(store, commandId);
      }),
    leave: () => tab.leave(),
  };
}

/** How many commands of this person are kept, while nobody's client is open; none where nothing can be kept. */
export async function keptCount(owner: string): Promise<number> {
  return (await rowsOf(owner).catch(() => [])).length;
}

/** A keeper that lives as long as the program does; shared, it is what a reload finds. */
export function memory(): Keeper {
  const rows = new Map<string, Kept>();
  return {
    read: () => Promise.resolve([...rows.values()]),
    write: (kept, gone) => {
      for (const one of kept) rows.set(one.commandId, one);
      for (const commandId of gone) rows.delete(commandId);
      return Promise.resolve();
    },
    listen: () => undefined,
    leave: () => undefined,
  };
}

function rowsOf(owner: string): Promise<readonly Row[]> {
  return inDrawer<readonly Row[]>(ASKED, "readonly", (store) => answered(store.index("owner").getAll(owner)));
}

/** What was left by pages that are gone is this one's from now on; and what others leave later, of which `late` is told. */
async function takeOver(owner: string, tab: Tab, late: () => void): Promise<void> {
  await takeOverFromSession(owner, tab);
  const others = new Set((await rowsOf(owner)).map((row) => row.tab).filter((one) => one !== tab.id));
  // What one of them left must not be lost with what another one did.
  await Promise.allSettled([...others].map((other) => tab.insteadOf(other, () => inherit(owner, other, tab), late)));
}

function inherit(owner: string, other: string, tab: Tab): Promise<void> {
  return inDrawer(ASKED, "readwrite", async (store) => {
    const rows: readonly Row[] = await answered(store.index("owner").getAll(owner));
    // Looked at again: another page may have been quicker.
    const left = rows.filter((row) => row.tab === other);
    for (const row of left) await answered(store.put({ ...row, tab: tab.id }));
  });
}

/** Pages of before this drawer kept commands in the storage of their tab. */
async function takeOverFromSession(owner: string, tab: Tab): Promise<void> {
  const name = `brigade.outbox.${owner}`;
  const text = inSession(name);
  if (text === null) return;
  const kept = keptIn(text);
  await inDrawer(ASKED, "readwrite", async (store) => {
    for (const one of kept) await put(store, { ...keptOf(one), owner, tab: tab.id });
  });
  sessionStorage.removeItem(name);
}

function inSession(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    // Forbidden: then nothing was ever kept there.
    return null;
  }
}

function keptIn(text: string): readonly Kept[] {
  try {
    const kept: readonly Kept[] = JSON.parse(text);
    return kept;
  } catch {
    return [];
  }
}

/** A command stays at the place that it has. */
async function put(store: IDBObjectStore, row: Row): Promise<void> {
  const nth = await answered(store.index("commandId").getKey(row.commandId));
  await answered(store.put(typeof nth === "number" ? { ...row, nth } : row));
}

async function remove(store: IDBObjectStore, commandId: string): Promise<void> {
  const nth = await answered(store.index("commandId").getKey(commandId));
  if (nth !== undefined) await answered(store.delete(nth));
}

function keptOf({ commandId, verb, fields, askedAtMs, wasSaid }: Kept): Kept {
  return { commandId, verb, fields, askedAtMs, wasSaid };
}
