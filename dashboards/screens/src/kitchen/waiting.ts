/**
 * What was asked about tickets and is not answered yet. Nothing is shown as done before it is; what waits is shown as
 * waiting.
 *
 * Not its business: sending it again, which is the outbox's.
 */

import type { Asked, Verb } from "../hub/index.ts";

/** What can be asked about one ticket. */
export type TicketVerb = Extract<Verb, `${string}_ticket`>;

const TICKET_VERBS: readonly Verb[] = ["start_ticket", "bump_ticket", "recall_ticket", "rush_ticket", "clear_ticket"];

/** One step that was asked for and waits. */
export interface Waiting {
  readonly verb: TicketVerb;
  /** Whether the hub may have heard it already: then nobody can take it back. */
  readonly wasSaid: boolean;
}

const NONE: ReadonlyMap<string, Waiting> = new Map();

/** For so long the last bump can be undone with one touch; after that there is the tray. */
export const UNDO_MS = 3_000;

/** The command about this ticket, if it is unanswered. */
export function askedOf(asked: readonly Asked[], verb: Verb, ticketId: string): Asked | undefined {
  return asked.find((one) => one.verb === verb && ticketOf(one) === ticketId);
}

/** What waits for the line, by ticket: of several, what was asked last. Always the same where nothing waits. */
export function waitingByTicket(asked: readonly Asked[]): ReadonlyMap<string, Waiting> {
  const waiting = new Map<string, Waiting>();
  for (const one of asked) {
    const ticketId = ticketOf(one);
    const { verb, wasSaid, isHeldUp } = one;
    if (isHeldUp && ticketId !== null && isTicketVerb(verb)) waiting.set(ticketId, { verb, wasSaid });
  }
  return waiting.size > 0 ? waiting : NONE;
}

function ticketOf({ fields }: Asked): string | null {
  return "ticketId" in fields && typeof fields.ticketId === "string" ? fields.ticketId : null;
}

function isTicketVerb(verb: Verb): verb is TicketVerb {
  return TICKET_VERBS.includes(verb);
}
