/**
 * A waiter's pad: what was jotted down for a table and not yet sent.
 *
 * Seat and course stay as they were chosen, for the next line is usually for the same guest. Not its business: what
 * the house has left, and sending.
 */

import type { MenuItem, WantedLine } from "../hub/wire.ts";

export interface PadLine {
  readonly key: number;
  readonly itemId: string;
  readonly quantity: number;
  readonly course: number;
  /** Null is for the whole table. */
  readonly seat: number | null;
  readonly note: string;
  /** One that is wanted twice is named twice. */
  readonly modifiers: readonly string[];
}

export interface Pad {
  readonly course: number;
  readonly seat: number | null;
  readonly customerName: string;
  readonly lines: readonly PadLine[];
}

export const EMPTY_PAD: Pad = { course: 1, seat: null, customerName: "", lines: [] };

/**
 * The taps of a waiter's common order, two mains and two drinks for a party that was just seated: its table, each item,
 * and one for sending and firing. Every item lies on one page, so none is spent on finding it.
 */
export const TAPS_OF_A_COMMON_ORDER = { openTable: 1, addFourItems: 4, sendAndFire: 1 } as const;

/** What can be said of a line beyond which item it is. */
export type Jotted = Partial<Omit<PadLine, "key" | "itemId">>;

/** One more of an item; one that is wanted just so already is wanted once more. */
export function jot(pad: Pad, itemId: string, how: Jotted = {}): Pad {
  const line = { itemId, quantity: 1, course: pad.course, seat: pad.seat, note: "", modifiers: [], ...how };
  const same = pad.lines.find((one) => isAlike(one, line));
  if (same !== undefined) return withLine(pad, same.key, { quantity: same.quantity + line.quantity });
  const key = Math.max(0, ...pad.lines.map((one) => one.key)) + 1;
  return { ...pad, lines: [...pad.lines, { key, ...line }] };
}

/** A line of the pad otherwise than it was; at a quantity of 0 it is crossed out. */
export function withLine(pad: Pad, key: number, now: Jotted): Pad {
  const lines = pad.lines.map((line) => (line.key === key ? { ...line, ...now } : line));
  return { ...pad, lines: lines.filter((line) => line.quantity > 0) };
}

function isAlike(one: Omit<PadLine, "key">, other: Omit<PadLine, "key">): boolean {
  const isSamePlace = one.course === other.course && one.seat === other.seat;
  const [these, those] = [[...one.modifiers].sort(), [...other.modifiers].sort()];
  return one.itemId === other.itemId && isSamePlace && one.note === other.note && these.join() === those.join();
}

/** The lines as the hub is asked for them. For food that is eaten elsewhere seats mean nothing. */
export function wanted(lines: readonly PadLine[], isEatenHere = true): readonly WantedLine[] {
  return lines.map((line) => ({
    itemId: line.itemId,
    quantity: line.quantity,
    course: isEatenHere ? line.course : 1,
    ...(isEatenHere && line.seat !== null && { seat: line.seat }),
    ...(line.note.trim() !== "" && { note: line.note.trim() }),
    ...(line.modifiers.length > 0 && { modifiers: line.modifiers }),
  }));
}

/** How many of an item are on the pad. */
export function quantityOf(pad: Pad, itemId: string): number {
  return pad.lines.reduce((sum, line) => (line.itemId === itemId ? sum + line.quantity : sum), 0);
}

export function quantityOfAll(pad: Pad): number {
  return pad.lines.reduce((sum, line) => sum + line.quantity, 0);
}

/** What a line comes to in minor units; 0 for what left the menu meanwhile. */
export function amountOf(line: Pick<PadLine, "modifiers" | "quantity">, item: MenuItem | undefined): number {
  if (item === undefined) return 0;
  const all = item.modifierGroups.flatMap((group) => group.modifiers);
  const extra = line.modifiers.reduce((sum, id) => sum + (all.find((one) => one.id === id)?.priceDelta.amount ?? 0), 0);
  return (item.price.amount + extra) * line.quantity;
}

/** What the pad comes to, in minor units. */
export function totalOf(pad: Pad, items: ReadonlyMap<string, MenuItem>): number {
  return pad.lines.reduce((sum, line) => sum + amountOf(line, items.get(line.itemId)), 0);
}

/** The course that goes to the kitchen when the pad is sent and fired: its first. */
export function firstCourse(pad: Pad): number {
  return pad.lines.length === 0 ? pad.course : Math.min(...pad.lines.map((line) => line.course));
}

/** Put back in front what was sent and refused; what was jotted down since stays. */
export function withReturned(pad: Pad, sent: Pad): Pad {
  const customerName = pad.customerName || sent.customerName;
  return [...sent.lines, ...pad.lines].reduce<Pad>(
    (kept, { itemId, quantity, course, seat, note, modifiers }) =>
      jot(kept, itemId, { quantity, course, seat, note, modifiers }),
    { ...pad, customerName, lines: [] },
  );
}
