/**
 * A ticket as boards show it, and how it moves. The lifecycle itself is the hub's table.
 *
 * Not its business: which board shows which tickets, and for how long.
 */

import {
  type Entry,
  type ShownTicket,
  TICKET_STEPS,
  type TicketStep,
  type VoidCrossed,
  type VoidDecided,
} from "../wire.ts";
import { changed, eachChanged } from "./sharing.ts";
import { sorted } from "./sorting.ts";

/** An entry about a void that crossed a bump. */
export type VoidNews = Extract<Entry, { readonly event: "void_crossed" | "void_decided" }>;

/** An entry about a ticket that is there already. */
export type TicketNews =
  VoidNews | Extract<Entry, { readonly event: TicketStep | "ticket_rushed" | "ticket_backed_up" }>;

export function isTicketNews(entry: Entry): entry is TicketNews {
  const { event } = entry;
  const isStep = event === "ticket_rushed" || event === "ticket_backed_up" || Object.hasOwn(TICKET_STEPS, event);
  return isStep || isVoidNews(entry);
}

export function isVoidNews(entry: Entry): entry is VoidNews {
  return entry.event === "void_crossed" || entry.event === "void_decided";
}

/** How far a ticket is of which a void is told. */
export function progress(news: VoidCrossed | VoidDecided) {
  const { status, isRushed, firedAt, startedAt, bumpedAt, backupStationId, recalls } = news;
  return { status, isRushed, firedAt, startedAt, bumpedAt, backupStationId, recalls };
}

/** The tickets after news of one of them; a ticket that is not among them changes nothing. */
export function allMoved<T extends ShownTicket>(tickets: readonly T[], news: TicketNews): readonly T[] {
  return eachChanged(tickets, (one) => {
    return one.ticketId === news.ticketId ? changed<T, ShownTicket>(one, step(one, news)) : one;
  });
}

/** As they were fired. */
export function inOrder<T extends ShownTicket>(tickets: readonly T[]): readonly T[] {
  return sorted(
    tickets,
    (one) => one.firedAt,
    (one) => one.ticketId,
  );
}

/** What a step changes. A ticket's time of starting outlives a recall, as the cook's work on it did. */
function step(ticket: ShownTicket, news: TicketNews): Partial<ShownTicket> {
  if (news.event === "ticket_rushed") return { isRushed: true };
  if (news.event === "ticket_backed_up") return { backupStationId: news.backupStationId };
  if (news.event === "void_crossed" || news.event === "void_decided") return progress(news);
  const status = TICKET_STEPS[news.event][ticket.status] ?? ticket.status;
  switch (news.event) {
    case "ticket_started":
      return { status, startedAt: news.timestamp };
    case "ticket_bumped":
      return { status, bumpedAt: news.timestamp };
    case "ticket_recalled": {
      const startedAt = ticket.startedAt ?? news.timestamp;
      return { status, startedAt, bumpedAt: null, recalls: ticket.recalls + 1 };
    }
    default:
      return { status };
  }
}
