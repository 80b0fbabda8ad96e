/**
 * What was asked about tickets and courses and is not answered yet. Nothing is shown as done before it is; what waits is shown as
 * waiting.
 *
 * Not its business: sending it again, which is the outbox's.
 */

import type { Asked, Verb } from "../hub/index.ts";
import { courseKey } from "./courses.ts";

/** What can be asked about one ticket. */
export type TicketVerb = Extract<Verb, `${string}_ticket`>;

/** What can be asked about whatever hangs on a rail: a ticket, or at the pass a course. */
export type CardVerb = TicketVerb | "serve_order";

const CARD_VERBS: readonly Verb[] = [
  "start_ticket",
  "bump_ticket",
  "recall_ticket",
  "rush_ticket",
  "clear_ticket",
  "serve_order",
];

/** One step that was asked for and waits. */
export interface Waiting {
  readonly verb: CardVerb;
  /** Whether the hub may have heard it already: then nobody can take it back. */
  readonly wasSaid: boolean;
}

const NONE: ReadonlyMap<string, Waiting> = new Map();

/** For so long the last bump can be undone with one touch; after that there is the tray. */
export const UNDO_MS = 3_000;

/** The command about this ticket, or this course, if it is unanswered. */
export function askedOf(asked: readonly Asked[], verb: CardVerb, key: string): Asked | undefined {
  return asked.find((one) => one.verb === verb && keyOf(one) === key);
}

/**
 * What waits for the line, by ticket, and by the course's key where a course waits: of several, what was asked last.
 * Always the same where nothing waits.
 */
export function waitingByCard(asked: readonly Asked[]): ReadonlyMap<string, Waiting> {
  const waiting = new Map<string, Waiting>();
  for (const one of asked) {
    const key = keyOf(one);
    const { verb, wasSaid, isHeldUp } = one;
    if (isHeldUp && key !== null && isCardVerb(verb)) waiting.set(key, { verb, wasSaid });
  }
  return waiting.size > 0 ? waiting : NONE;
}

function keyOf({ fields }: Asked): string | null {
  if ("ticketId" in fields && typeof fields.ticketId === "string") return fields.ticketId;
  if (!("orderId" in fields && "course" in fields)) return null;
  return typeof fields.orderId === "string" && typeof fields.course === "number"
    ? courseKey(fields.orderId, fields.course)
    : null;
}

function isCardVerb(verb: Verb): verb is CardVerb {
  return CARD_VERBS.includes(verb);
}
