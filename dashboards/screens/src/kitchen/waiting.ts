/**
 * What was asked about tickets and courses and is not answered yet. Nothing is called done before it is; what waits is
 * called waiting, wherever it stands meanwhile.
 *
 * Not its business: sending it again, which is the outbox's, and where it stands (`ahead.ts`).
 */

import type { Asked, Verb } from "../hub/index.ts";
import { isSame } from "../hub/boards/sharing.ts";
import { courseKey } from "./courses.ts";

/** What can be asked about one ticket. */
export type TicketVerb = Extract<Verb, `${string}_ticket`>;

/** What can be asked about whatever hangs on a rail: a ticket, or at the pass a course, or a void to decide. */
export type CardVerb = TicketVerb | "serve_order" | "decide_void";

const CARD_VERBS: readonly Verb[] = [
  "start_ticket",
  "bump_ticket",
  "recall_ticket",
  "rush_ticket",
  "clear_ticket",
  "serve_order",
  "decide_void",
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

/** The last command about this ticket, or this course, that is unanswered. */
export function askedOf(asked: readonly Asked[], verb: CardVerb, key: string): Asked | undefined {
  return asked.findLast((one) => one.verb === verb && keyOf(one) === key);
}

/** Whether this very thing was asked and not answered: in the same round, whatever else was seen by then. */
export function isAsked(asked: readonly Asked[], verb: CardVerb, fields: object): boolean {
  const wanted = { verb, fields };
  return asked.some((one) => one.verb === verb && keyOf(one) === keyOf(wanted) && isSame(round(one), round(wanted)));
}

function round({ fields }: Pick<Asked, "fields">): unknown {
  if ("tickets" in fields) return fields.tickets;
  if ("stands" in fields) return fields.stands;
  return "recalls" in fields ? fields.recalls : null;
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

/** What is called by a command: a ticket, a course or a line. */
export function keyOf({ verb, fields }: Pick<Asked, "verb" | "fields">): string | null {
  if (verb === "decide_void") return "lineId" in fields && typeof fields.lineId === "string" ? fields.lineId : null;
  if ("ticketId" in fields && typeof fields.ticketId === "string") return fields.ticketId;
  if (!("orderId" in fields && "course" in fields)) return null;
  return typeof fields.orderId === "string" && typeof fields.course === "number"
    ? courseKey(fields.orderId, fields.course)
    : null;
}

export function isCardVerb(verb: Verb): verb is CardVerb {
  return CARD_VERBS.includes(verb);
}
