/**
 * What a cook should make of a station's tickets: in which order, how late each is, and what of it is still wanted.
 *
 * Not its business: what a ticket may do, which the hub decides, and how any of it looks.
 */

import { type TicketCard, type TicketLine, TICKETS_OPEN } from "../hub/index.ts";

/** From this part of a ticket's expected time on, it is due soon. */
const SOON = 0.7;

/** How a ticket's age compares with the time that its food takes. */
export type Lateness = "fresh" | "soon" | "late";

export function isOpen(card: TicketCard): boolean {
  return TICKETS_OPEN.has(card.status);
}

export function isVoided(card: TicketCard): boolean {
  return card.status === "voided";
}

/** What hangs on the rail: open tickets, and voided ones until they are cleared. Rushed first, then the oldest. */
export function onRail(cards: readonly TicketCard[]): readonly TicketCard[] {
  const shown = cards.filter((one) => isOpen(one) || isVoided(one));
  // The board lists them as they were fired, and sorting keeps that order within each half.
  return shown.sort((one, other) => Number(isFirst(other)) - Number(isFirst(one)));
}

function isFirst(card: TicketCard): boolean {
  return card.isRushed && isOpen(card);
}

/** What was bumped and is not served yet, the last one first. */
export function bumped(cards: readonly TicketCard[]): readonly TicketCard[] {
  const done = cards.filter((one) => one.status === "bumped");
  return done.sort((one, other) => Date.parse(other.bumpedAt ?? "") - Date.parse(one.bumpedAt ?? ""));
}

/** The lines that are still to be cooked. */
export function wanted(card: TicketCard): readonly TicketLine[] {
  return card.lines.filter((one) => !one.isVoided);
}

/** How long a ticket should take: as long as its slowest line that is still wanted. Null where there is none. */
export function expectedSeconds(card: TicketCard): number | null {
  const slowest = Math.max(0, ...wanted(card).map((one) => one.prepSeconds));
  return slowest > 0 ? slowest : null;
}

export function lateness(ageSeconds: number, expected: number | null): Lateness {
  if (expected === null || ageSeconds < expected * SOON) return "fresh";
  return ageSeconds < expected ? "soon" : "late";
}

/** Whether every line that is still wanted was struck on this device. */
export function isAllStruck(card: TicketCard, struck: readonly string[]): boolean {
  const lines = wanted(card);
  return lines.length > 0 && lines.every((one) => struck.includes(one.lineId));
}

/** How many cards show a void that nobody at this device has seen: of a line, or of the whole ticket. */
export function unseenVoids(cards: readonly TicketCard[], seen: (ticketId: string) => readonly string[]): number {
  return cards.filter((card) => {
    if (!isOpen(card)) return isVoided(card);
    return card.lines.some((one) => one.isVoided && !seen(card.ticketId).includes(one.lineId));
  }).length;
}

/** The card whose guests have waited longest, of those that are open. */
export function oldest(cards: readonly TicketCard[]): TicketCard | null {
  return cards.filter(isOpen).reduce<TicketCard | null>((first, one) => {
    return first === null || one.firedAt < first.firedAt ? one : first;
  }, null);
}

/** What a kitchen should hear of: whatever was not there, not rushed or not voided a moment ago. */
export type Call = "new" | "rush" | "void";

/** The most urgent of what is new on a board; null where nothing needs to be heard. */
export function callOf(before: readonly TicketCard[], after: readonly TicketCard[]): Call | null {
  if (before === after) return null;
  const known = new Map(before.map((one) => [one.ticketId, one]));
  const calls = new Set(after.map((one) => callOfCard(known.get(one.ticketId), one)));
  return (["void", "rush", "new"] as const).find((call) => calls.has(call)) ?? null;
}

function callOfCard(before: TicketCard | undefined, after: TicketCard): Call | null {
  if (before === after) return null;
  if (disputesIn(after) > (before === undefined ? 0 : disputesIn(before))) return "void";
  if (before === undefined) return isOpen(after) ? "new" : null;
  if (voidsIn(after) > voidsIn(before)) return "void";
  if (after.isRushed && !before.isRushed) return "rush";
  return null;
}

function disputesIn(card: TicketCard): number {
  return card.lines.filter((one) => one.isDisputed).length;
}

function voidsIn(card: TicketCard): number {
  return card.lines.filter((one) => one.isVoided).length;
}
