/**
 * What whoever asks had seen of what they ask about, said in the command: so that the hub can merge it, however late it
 * comes and whatever others asked meanwhile.
 *
 * What was asked on this device and is not answered yet was seen, too: whoever recalled a ticket and bumps it again means
 * the bump after that recall. Not its business: what the hub makes of it, and sending.
 */

import type { Asked } from "./outbox.ts";
import type { Commands, FloorOrder, OrderLine, ShownTicket, TicketCard, TicketLine } from "./wire.ts";

type Unanswered = readonly Pick<Asked, "verb" | "fields">[];
type Round = Pick<ShownTicket, "ticketId" | "recalls">;

/** About one ticket: in which round it was, to whoever asks. */
export function ofTicket(ticket: Round, asked: Unanswered): { readonly ticketId: string; readonly recalls: number } {
  return { ticketId: ticket.ticketId, recalls: recallsOf(ticket, asked) };
}

/** A bump: of the lines that were wanted of it. */
export function ofBump(card: Round & Pick<TicketCard, "lines">, asked: Unanswered): Commands["bump_ticket"] {
  return { ...ofTicket(card, asked), lineIds: wantedOf(card) };
}

/** A void that was seen: of a ticket whose lines had come back so often. */
export function ofClearing(card: Round & Pick<TicketCard, "lines">, asked: Unanswered): Commands["clear_ticket"] {
  return { ...ofTicket(card, asked), restores: card.lines.reduce((sum, line) => sum + line.restores, 0) };
}

/** Serving what stands ready of a course at the pass. */
export function ofServing(
  { orderId, course, tickets }: Pick<TicketCard, "orderId" | "course"> & { readonly tickets: readonly TicketCard[] },
  asked: Unanswered,
): Commands["serve_order"] {
  const ready = tickets.filter((one) => one.status === "bumped");
  const seen = ready.map((one) => ({ ...ofTicket(one, asked), lineIds: wantedOf(one) }));
  return { orderId, course, ...(seen.length > 0 && { tickets: seen }) };
}

/** The same on the floor, where lines are the order's. */
export function ofRunning(order: FloorOrder, course: number, asked: Unanswered): Commands["serve_order"] {
  const ready = order.tickets.filter((one) => one.course === course && one.status === "bumped");
  const tickets = ready.map((one) => ({ ...ofTicket(one, asked), lineIds: firedOf(order, one) }));
  return { orderId: order.orderId, course, ...(tickets.length > 0 && { tickets }) };
}

/** Firing what is held of a course: those lines, and none that somebody adds meanwhile. */
export function ofFiring({ orderId, lines }: FloorOrder, course: number): Commands["fire_course"] {
  const held = lines.filter((one) => one.course === course && one.status === "held");
  return { orderId, course, lineIds: held.map((one) => one.lineId) };
}

/** A void: by somebody who had seen the line's ticket bumped so often. What is served cannot be voided, and says none. */
export function ofVoid(order: FloorOrder, line: OrderLine, asked: Unanswered): Commands["void_line"] {
  const about = { orderId: order.orderId, lineId: line.lineId, restores: line.restores };
  const ticket = order.tickets.find((one) => one.ticketId === line.ticketId);
  if (ticket?.status === "served") return about;
  return { ...about, bumps: ticket === undefined ? 0 : bumpsOf(ticket, asked) };
}

/** What holds of a void that crossed a bump. */
export function ofDecision(
  { orderId }: Pick<TicketCard, "orderId">,
  { lineId, restores }: Pick<TicketLine, "lineId" | "restores">,
  stands: boolean,
): Commands["decide_void"] {
  return { orderId, lineId, stands, restores };
}

/** How often a ticket had been recalled as this device knows it. */
function recallsOf({ ticketId, recalls }: Round, asked: Unanswered): number {
  return Math.max(recalls, ...ownRounds("recall_ticket", ticketId, asked));
}

/** How often a ticket had been bumped: once in each round that was recalled, and perhaps in this one. */
function bumpsOf({ ticketId, recalls, bumpedAt }: ShownTicket, asked: Unanswered): number {
  const seen = recalls + (bumpedAt === null ? 0 : 1);
  return Math.max(seen, recallsOf({ ticketId, recalls }, asked), ...ownRounds("bump_ticket", ticketId, asked));
}

/** The rounds that this device's own unanswered commands have brought a ticket to. */
function ownRounds(verb: Asked["verb"], ticketId: string, asked: Unanswered): readonly number[] {
  return asked.flatMap((one) => {
    if (one.verb !== verb || !("ticketId" in one.fields) || one.fields.ticketId !== ticketId) return [];
    return "recalls" in one.fields && typeof one.fields.recalls === "number" ? [one.fields.recalls + 1] : [];
  });
}

function wantedOf({ lines }: Pick<TicketCard, "lines">): readonly string[] {
  return lines.filter((one) => !one.isVoided).map((one) => one.lineId);
}

function firedOf({ lines }: FloorOrder, { ticketId }: ShownTicket): readonly string[] {
  return lines.filter((one) => one.ticketId === ticketId && one.status === "fired").map((one) => one.lineId);
}
