/**
 * The tickets as they will hang once what waits was done, so that a cook goes on while the line is away.
 *
 * It is the hub's merging, as far as one screen can know it: what another board has overtaken has no effect here either.
 * Nothing is shown as heard by the hub that was not: what waits says so where it stands. Not its business: which commands
 * may be shown ahead (`Outbox.ahead`).
 */

import type { Asked, ReadyTicket, TicketCard, TicketLine } from "../hub/index.ts";
import { changed, eachChanged, without } from "../hub/boards/sharing.ts";
import { isOpen, isVoided } from "./cards.ts";

/** When something was asked, on the hub's clock. */
type AskedAt = (one: Asked) => string;

/** The tickets after all of that, in the order in which it was asked; the list itself where nothing changes. */
export function ahead(cards: readonly TicketCard[], asked: readonly Asked[], at: AskedAt): readonly TicketCard[] {
  return asked.reduce((list, one) => after(list, one, at), cards);
}

function after(cards: readonly TicketCard[], asked: Asked, at: AskedAt): readonly TicketCard[] {
  const { verb, fields } = asked;
  if (verb === "serve_order") return served(cards, fields);
  if (verb === "decide_void") return eachLeft(cards, (card) => decided(card, fields));
  if (!("ticketId" in fields)) return cards;
  const isAhead = (card: TicketCard): boolean => card.ticketId === fields.ticketId && isThisRound(card, fields);
  if (verb === "clear_ticket") return without(cards, (card) => isAhead(card) && isVoided(card));
  return eachChanged(cards, (card) => (isAhead(card) ? changed(card, step(card, verb, at(asked))) : card));
}

/** What was asked in an earlier round is beaten by the recall that ended it. */
function isThisRound({ recalls }: TicketCard, fields: object): boolean {
  return !("recalls" in fields) || fields.recalls === recalls;
}

function step(card: TicketCard, verb: Asked["verb"], at: string): Partial<TicketCard> {
  switch (verb) {
    case "start_ticket":
      return card.status === "fired" ? { status: "started", startedAt: at } : {};
    case "bump_ticket":
      return isOpen(card) ? { status: "bumped", bumpedAt: at } : {};
    case "recall_ticket":
      if (card.status !== "bumped") return {};
      return { status: "started", startedAt: card.startedAt ?? at, bumpedAt: null, recalls: card.recalls + 1 };
    case "rush_ticket":
      return { isRushed: true };
    default:
      return {};
  }
}

/** What was served leaves, unless somebody has to decide about it. */
function served(cards: readonly TicketCard[], fields: object): readonly TicketCard[] {
  const named = "tickets" in fields && Array.isArray(fields.tickets) ? fields.tickets.filter(isReadyTicket) : [];
  const rounds = new Map(named.map((one) => [one.ticketId, one.recalls]));
  return eachLeft(cards, (card) =>
    card.status === "bumped" && rounds.get(card.ticketId) === card.recalls ? { ...card, status: "served" } : card,
  );
}

function isReadyTicket(one: unknown): one is ReadyTicket {
  return typeof one === "object" && one !== null && "ticketId" in one && "recalls" in one;
}

function decided(card: TicketCard, fields: object): TicketCard {
  if (!("lineId" in fields && "stands" in fields)) return card;
  const lines = eachChanged(card.lines, (line) =>
    line.lineId === fields.lineId && line.isDisputed ? lineDecided(line, fields.stands === true) : line,
  );
  if (lines === card.lines) return card;
  const isWanted = lines.some((one) => !one.isVoided || one.isDisputed);
  return { ...card, lines, status: isWanted || card.status === "served" ? card.status : "voided" };
}

function lineDecided(line: TicketLine, stands: boolean): TicketLine {
  return { ...line, isDisputed: false, isVoided: stands, restores: line.restores + (stands ? 0 : 1) };
}

/** The cards changed, without those that are with the guest and of which nothing is to be decided. */
function eachLeft(cards: readonly TicketCard[], change: (card: TicketCard) => TicketCard): readonly TicketCard[] {
  const list = eachChanged(cards, change);
  return without(list, (one) => one.status === "served" && !one.lines.some((line) => line.isDisputed));
}
