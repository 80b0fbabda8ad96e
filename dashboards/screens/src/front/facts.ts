/**
 * Entries as facts that a visitor can read: which sentence, and what is named in it.
 *
 * Names are settled when an entry is heard, since an order that has left the board cannot be asked for its table any
 * more. Not its business: the sentences themselves, which are the words', and the boards.
 */

import type { BoardKind, Entry } from "../hub/index.ts";
import { anyOf, type Names, type Whose } from "./names.ts";

/** One entry, ready to be said in any language. */
export interface Fact {
  readonly seq: number;
  readonly atMs: number;
  readonly event: Entry["event"];
  readonly place: FactPlace | null;
  /** Names and numbers in its sentence. */
  readonly said: Readonly<Record<string, string | number>>;
  /** How long something took, on the hub's clock. */
  readonly tookSeconds: number | null;
  /** How many names could not be told. */
  readonly unknown: number;
}

/** Where in the house it happened. */
export type FactPlace =
  | { readonly kind: "table"; readonly table: string }
  | { readonly kind: "pickup" | "delivery"; readonly number: number; readonly name: string }
  | { readonly kind: "unknown" };

/** A board, and what was heard since it was read. */
export type Remembered<B> = B & { readonly facts?: readonly Fact[] };

/** What sentences are told in place of a name that nobody has said; they do without it. */
export const UNNAMED = "none";

/** More than a busy dinner says in the time that the plot shows, at thirty times its speed. */
export const FACTS_KEPT_MAX = 2_000;

/** The same kind of board, which also remembers what it heard. */
export function remembering<B extends object>(
  kind: BoardKind<B>,
  namesOn: (board: B) => Names,
): BoardKind<Remembered<B>> {
  return {
    apply: (board, entry) => {
      const after = kind.apply(board, entry);
      const fact = factOf(entry, anyOf(namesOn(after), namesOn(board)));
      return { ...after, facts: [...(board.facts ?? []), fact].slice(-FACTS_KEPT_MAX) };
    },
  };
}

/** What follows from other facts, or happens too often to be worth a sentence. They count all the same. */
const UNTOLD: ReadonlySet<Entry["event"]> = new Set([
  "order_status_update",
  "ticket_started",
  "portions_changed",
  "table_status_changed",
  "inventory_update",
  "your_rights_changed",
  "real_time_notification",
  "system_announcement",
]);

export function isTold({ event }: Pick<Fact, "event">): boolean {
  return !UNTOLD.has(event);
}

export function factOf(entry: Entry, names: Names): Fact {
  const place = placeOf(entry, names);
  const station = stationOf(entry, names);
  return {
    seq: entry.seq,
    atMs: Date.parse(entry.timestamp),
    event: entry.event,
    place,
    said: { ...thingsIn(entry), station: station ?? UNNAMED },
    tookSeconds: entry.event === "ticket_bumped" ? entry.ticketSeconds : null,
    unknown: (place?.kind === "unknown" ? 1 : 0) + (station === undefined ? 1 : 0),
  };
}

/** Lists of facts as one, in the ledger's order; of what two rooms heard, the telling that knows more. */
export function merged(...lists: readonly (readonly Fact[])[]): readonly Fact[] {
  const bySeq = new Map<number, Fact>();
  for (const fact of lists.flat()) {
    const other = bySeq.get(fact.seq);
    if (other === undefined || fact.unknown < other.unknown) bySeq.set(fact.seq, fact);
  }
  return [...bySeq.values()].sort((one, other) => one.seq - other.seq);
}

function placeOf(entry: Entry, names: Names): FactPlace | null {
  if ("number" in entry) return placeOfOrder(entry);
  if ("orderId" in entry && entry.orderId !== null) return placeOfOrder(names.order(entry.orderId));
  if ("table" in entry) return { kind: "table", table: entry.table.name };
  if ("tableId" in entry && entry.tableId !== null) return placeOfTable(names.table(entry.tableId));
  return null;
}

function placeOfOrder(whose: Whose | undefined): FactPlace {
  if (whose === undefined) return { kind: "unknown" };
  if (whose.kind === "dine_in") return placeOfTable(whose.tableName ?? undefined);
  return { kind: whose.kind, number: whose.number, name: whose.customerName ?? UNNAMED };
}

function placeOfTable(table: string | undefined): FactPlace {
  return table === undefined ? { kind: "unknown" } : { kind: "table", table };
}

/** A station's name; null where the entry is not about a station, undefined where it cannot be told. */
function stationOf(entry: Entry, names: Names): string | null | undefined {
  if ("stationName" in entry) return entry.stationName;
  if (!("stationId" in entry) || entry.stationId === null) return null;
  return names.station(entry.stationId);
}

function thingsIn(entry: Entry): Readonly<Record<string, string | number>> {
  switch (entry.event) {
    case "order_placed":
    case "lines_added":
      return { count: entry.lines.reduce((sum, line) => sum + line.quantity, 0) };
    case "party_seated":
      return { covers: entry.covers };
    case "item_added":
    case "item_changed":
      return { item: entry.item.name };
    case "item_eighty_sixed":
    case "item_restored":
      return { item: entry.itemName };
    case "alert_raised":
      return { kind: entry.kind };
    case "section_added":
    case "menu_section_added":
      return { section: entry.sectionName };
    default:
      return {};
  }
}
