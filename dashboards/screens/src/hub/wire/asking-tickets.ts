/**
 * What travels between a hub and its screens: asking-tickets.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { TicketAnswer } from "./answers.ts";
import type { Ask } from "./asking.ts";
import type { RestBumpTicket, RestClearTicket, RestRecallTicket, RestRushTicket, RestStartTicket } from "./tickets.ts";

/** I am cooking this. */
export function startTicket(ask: Ask, ticketId: string, body: RestStartTicket = {}): Promise<TicketAnswer> {
  return ask("POST", `/tickets/${encodeURIComponent(ticketId)}/start`, { body });
}

/** My station is done with this. `lineIds` are the lines that stood on it unvoided, to whoever bumps it. */
export function bumpTicket(ask: Ask, ticketId: string, body: RestBumpTicket = {}): Promise<TicketAnswer> {
  return ask("POST", `/tickets/${encodeURIComponent(ticketId)}/bump`, { body });
}

/** I bumped this too early. */
export function recallTicket(ask: Ask, ticketId: string, body: RestRecallTicket = {}): Promise<TicketAnswer> {
  return ask("POST", `/tickets/${encodeURIComponent(ticketId)}/recall`, { body });
}

/** This one before the others. */
export function rushTicket(ask: Ask, ticketId: string, body: RestRushTicket = {}): Promise<TicketAnswer> {
  return ask("POST", `/tickets/${encodeURIComponent(ticketId)}/rush`, { body });
}

/** I have seen that this is voided. `restores` is how often lines of it had been restored by then, all together. */
export function clearTicket(ask: Ask, ticketId: string, body: RestClearTicket = {}): Promise<TicketAnswer> {
  return ask("POST", `/tickets/${encodeURIComponent(ticketId)}/clear`, { body });
}
