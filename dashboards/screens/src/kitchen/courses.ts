/**
 * The pass: what leaves the kitchen together, and which stations it still waits for.
 *
 * One course of one order is what an expo sends out. Not its business: single tickets (`cards.ts`).
 */

import type { TicketCard } from "../hub/index.ts";
import { isOpen, wanted } from "./cards.ts";

/** One course of one order, with its tickets at all stations. */
export interface Course {
  readonly key: string;
  readonly orderId: string;
  readonly course: number;
  readonly tickets: readonly TicketCard[];
}

/** A station that a course waits for, and how many plates of it. */
export interface Awaited {
  readonly stationId: string;
  readonly stationName: string;
  readonly plates: number;
}

/**
 * The tickets by order and course. What is ready comes first, because it is getting cold; then what is rushed; then
 * what was fired first. Courses that are as they were in `before` are the same objects.
 */
export function courses(cards: readonly TicketCard[], before: readonly Course[] = []): readonly Course[] {
  // What is with the guest hangs only until somebody has decided about it, and not among what is to be sent out.
  const here = cards.filter((one) => one.status !== "served");
  const tickets = grouped(here, (one) => courseKey(one.orderId, one.course));
  const known = new Map(before.map((one) => [one.key, one]));
  const listed = [...tickets].flatMap(([key, list]) => {
    const [first] = list;
    if (first === undefined) return [];
    return [keptOr({ key, orderId: first.orderId, course: first.course, tickets: list }, known)];
  });
  return listed.sort((one, other) => rank(one) - rank(other) || readyFirst(one, other));
}

/** What a course is called among all that hang at the pass. */
export function courseKey(orderId: string, course: number): string {
  return `${orderId}/${course}`;
}

function rank(course: Course): number {
  if (isReady(course)) return 0;
  return isRushed(course) ? 1 : 2;
}

/** Of two that are ready, the one that stands there longer. Others hang as they were fired. */
function readyFirst(one: Course, other: Course): number {
  if (!isReady(one) || !isReady(other)) return 0;
  return Date.parse(readySince(one) ?? "") - Date.parse(readySince(other) ?? "");
}

function keptOr(course: Course, known: ReadonlyMap<string, Course>): Course {
  const old = known.get(course.key);
  if (old === undefined || old.tickets.length !== course.tickets.length) return course;
  return old.tickets.every((one, at) => one === course.tickets[at]) ? old : course;
}

export function isRushed({ tickets }: Course): boolean {
  return tickets.some((one) => one.isRushed && isOpen(one));
}

/** Whether everything that is still wanted of it stands at the pass. */
export function isReady({ tickets }: Course): boolean {
  return tickets.some(isBumped) && !tickets.some(isOpen);
}

export function isBumped(card: TicketCard): boolean {
  return card.status === "bumped";
}

/** The stations that a course waits for, in the order of its tickets. */
export function awaited({ tickets }: Course): readonly Awaited[] {
  const stations = grouped(tickets.filter(isOpen), (one) => one.stationId);
  return [...stations].map(([stationId, open]) => ({
    stationId,
    stationName: open[0]?.stationName ?? "",
    plates: open.flatMap(wanted).reduce((sum, line) => sum + line.quantity, 0),
  }));
}

/** The stations whose share stands at the pass, each once. */
export function readyStations({ tickets }: Course): readonly string[] {
  return [...new Set(tickets.filter(isBumped).map((one) => one.stationName))];
}

/** Since when a course that is ready has been getting cold: its last bump. */
export function readySince({ tickets }: Course): string | null {
  const times = tickets.flatMap((one) => (isBumped(one) && one.bumpedAt !== null ? [one.bumpedAt] : []));
  return times.length > 0 ? times.reduce((last, one) => (one > last ? one : last)) : null;
}

function grouped(cards: readonly TicketCard[], keyOf: (one: TicketCard) => string): Map<string, readonly TicketCard[]> {
  const groups = new Map<string, readonly TicketCard[]>();
  for (const card of cards) groups.set(keyOf(card), [...(groups.get(keyOf(card)) ?? []), card]);
  return groups;
}
