/**
 * What a cook marked on this device's glass, line by line: what is done, and which voids were seen.
 *
 * Marks are kept over a reload and are nobody else's business: the hub knows tickets, not pans.
 */

import { useCallback, useSyncExternalStore } from "react";
import { local } from "../house/storage.ts";

/** Marked lines by ticket. */
export type Marked = Readonly<Record<string, readonly string[]>>;

const NONE: readonly string[] = [];
/** An evening's tickets of a big house. What is older than that was eaten. */
const TICKETS_MAX = 600;

export function marksOf(marked: Marked, ticketId: string): readonly string[] {
  return marked[ticketId] ?? NONE;
}

/** The same with these lines marked, too. */
export function withMarks(marked: Marked, ticketId: string, lineIds: readonly string[]): Marked {
  const before = marksOf(marked, ticketId);
  const added = lineIds.filter((one) => !before.includes(one));
  return added.length === 0 ? marked : newest({ ...marked, [ticketId]: [...before, ...added] });
}

/** The same without the mark on that line. */
export function withoutMark(marked: Marked, ticketId: string, lineId: string): Marked {
  return { ...marked, [ticketId]: marksOf(marked, ticketId).filter((one) => one !== lineId) };
}

function newest(marked: Marked): Marked {
  const entries = Object.entries(marked);
  return entries.length > TICKETS_MAX ? Object.fromEntries(entries.slice(-TICKETS_MAX)) : marked;
}

/** One kind of mark, kept on this device. */
export class Marks {
  #now: Marked;
  readonly #listeners = new Set<() => void>();

  constructor(private readonly keepAs: string) {
    this.#now = kept(keepAs);
  }

  readonly now = (): Marked => this.#now;

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  mark(ticketId: string, lineIds: readonly string[]): void {
    this.#keep(withMarks(this.#now, ticketId, lineIds));
  }

  unmark(ticketId: string, lineId: string): void {
    this.#keep(withoutMark(this.#now, ticketId, lineId));
  }

  #keep(marked: Marked): void {
    this.#now = marked;
    local.setItem(this.keepAs, JSON.stringify(marked));
    for (const listener of this.#listeners) listener();
  }
}

/** The marks of one ticket; whoever shows it is drawn anew only when they changed. */
export function useMarks(marks: Marks, ticketId: string): readonly string[] {
  const now = useCallback(() => marksOf(marks.now(), ticketId), [marks, ticketId]);
  return useSyncExternalStore(marks.listen, now);
}

/** Lines that are done, as far as this device's cook is concerned. */
export const STRUCK = new Marks("brigade.kitchen.struck");
/** Voided lines that somebody at this device has seen. */
export const SEEN = new Marks("brigade.kitchen.seen");

function kept(keepAs: string): Marked {
  try {
    const marked: Marked = JSON.parse(local.getItem(keepAs) ?? "{}");
    return marked;
  } catch {
    return {};
  }
}
