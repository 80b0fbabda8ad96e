/**
 * A waiter's book: a pad for each place, and what was torn off and sent, until the hub has answered.
 *
 * What was sent is noted by the id of the command that took it, so that a refusal after a reload finds its way back to
 * its pad, and a course that was to be fired is not forgotten. Not its business: where the book is kept, and asking.
 */

import type { FloorOrder, OrderKind } from "../hub/wire.ts";
import { EMPTY_PAD, firstCourse, type Pad, withReturned } from "./pad.ts";

/** Lines that were to go to the kitchen as soon as the hub has them, and how they are known on the board. */
export interface Wish {
  readonly course: number;
  readonly seatingId: string;
  readonly itemIds: readonly string[];
  /** Lines of that party that were there before. */
  readonly lineIdsBefore: readonly string[];
}

/** A pad that is the outbox's. */
export interface Sent {
  readonly padName: string;
  readonly pad: Pad;
  readonly kind: OrderKind;
  readonly tableName: string | null;
  readonly wish: Wish | null;
  readonly sentAtMs: number;
}

export interface Book {
  readonly pads: Readonly<Record<string, Pad>>;
  /** By command. */
  readonly sent: Readonly<Record<string, Sent>>;
}

export const EMPTY_BOOK: Book = { pads: {}, sent: {} };

/** What nobody heard of for so long belongs to another evening. */
export const SENT_MS_MAX = 12 * 60 * 60_000;
/** Nobody wants to be reminded later than this that something was to be fired. */
export const WISH_MS_MAX = 60 * 60_000;

export function padOf(book: Book, name: string): Pad {
  return book.pads[name] ?? EMPTY_PAD;
}

export function withPad(book: Book, name: string, how: (pad: Pad) => Pad): Book {
  return { ...book, pads: { ...book.pads, [name]: how(padOf(book, name)) } };
}

/** The pad's lines were taken off and sent with this command. */
export function withSent(book: Book, commandId: string, sent: Sent): Book {
  const emptied = withPad(book, sent.padName, (pad) => ({ ...pad, customerName: "", lines: [] }));
  const recent = Object.entries(book.sent).filter(([, one]) => sent.sentAtMs - one.sentAtMs < SENT_MS_MAX);
  return { ...emptied, sent: { ...Object.fromEntries(recent), [commandId]: sent } };
}

/** The command was refused: what it took is on its pad again, before what was jotted down since. */
export function withReturn(book: Book, commandId: string): Book {
  const sent = book.sent[commandId];
  if (sent === undefined) return book;
  return without(
    withPad(book, sent.padName, (since) => withReturned(since, sent.pad)),
    commandId,
  );
}

/** Nothing is open about this command any more. */
export function without(book: Book, commandId: string): Book {
  if (!(commandId in book.sent)) return book;
  return { ...book, sent: Object.fromEntries(Object.entries(book.sent).filter(([id]) => id !== commandId)) };
}

/** What to fire once a pad is on the board: its first course, for the party that sits there. */
export function wishOf(pad: Pad, seatingId: string, orders: readonly FloorOrder[]): Wish {
  const course = firstCourse(pad);
  const itemIds = [...new Set(pad.lines.filter((line) => line.course === course).map((line) => line.itemId))];
  const theirs = orders.filter((one) => one.seatingId === seatingId);
  return { course, seatingId, itemIds, lineIdsBefore: theirs.flatMap((one) => one.lines.map((line) => line.lineId)) };
}

/** Whether a wish is still one: unknown until its lines are on the board, over once none of them is held. */
export type WishNow = { readonly is: "unknown" | "over" } | { readonly is: "open"; readonly order: FloorOrder };

export function wishNow(wish: Wish, orders: readonly FloorOrder[]): WishNow {
  const before = new Set(wish.lineIdsBefore);
  let isThere = false;
  for (const order of orders) {
    if (order.seatingId !== wish.seatingId) continue;
    const lines = order.lines.filter(
      (line) => !before.has(line.lineId) && line.course === wish.course && wish.itemIds.includes(line.itemId),
    );
    if (lines.some((line) => line.status === "held")) return { is: "open", order };
    isThere ||= lines.length > 0;
  }
  return { is: isThere ? "over" : "unknown" };
}
