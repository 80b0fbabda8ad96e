/**
 * What can be done at a kitchen screen, in one stable object: cards are drawn anew when they change, not when acts do.
 *
 * A bump is sent at once and can be undone for a moment: taken back where it has not been sent yet, recalled where it
 * has. Not its business: which button or key asks for it.
 */

import { createContext, type RefObject, useContext, useEffect, useMemo, useRef, useState } from "react";

import { useAsk, useHub } from "../house/Connected.tsx";
import { useFullHands } from "../house/draft.ts";
import type { Hub, TicketCard } from "../hub/index.ts";
import { isOpen } from "./cards.ts";
import type { Course } from "./courses.ts";
import { Done } from "./done.ts";
import { marksOf, SEEN, STRUCK } from "./marks.ts";
import { askedOf, type CardVerb, type TicketVerb, UNDO_MS } from "./waiting.ts";

export interface Acts {
  readonly bump: (card: TicketCard) => void;
  readonly start: (card: TicketCard) => void;
  readonly rush: (card: TicketCard) => void;
  readonly clear: (card: TicketCard) => void;
  readonly recall: (card: TicketCard) => void;
  readonly serve: (course: Course) => void;
  /** Take back what waits to be sent about this ticket, or this course. */
  readonly takeBack: (verb: CardVerb, key: string) => void;
  /** Undo the last bump of this device; false where it is too late for that. */
  readonly undo: () => boolean;
  /** Mark a line as done, or as not done after all. The first one starts the ticket. */
  readonly strike: (card: TicketCard, lineId: string) => void;
  /** A void was seen. */
  readonly see: (card: TicketCard, lineId: string) => void;
  /** Show what else can be done about a card. */
  readonly open: (card: TicketCard) => void;
}

const Acting = createContext<Acts | null>(null);
export const ActsProvider = Acting.Provider;

export function useActs(): Acts {
  const acts = useContext(Acting);
  if (acts === null) throw new Error("Only within a kitchen is there something to do.");
  return acts;
}

/** A bump of this device, for as long as it may have been a mistake. */
interface Bump {
  readonly card: TicketCard;
  readonly atMs: number;
}

interface KitchenActs {
  readonly acts: Acts;
  /** The card whose bump can be undone just now. */
  readonly justBumped: TicketCard | null;
}

/** The acts of one screen; `open` is told of cards that somebody wants to see more of, and must be stable. */
export function useKitchenActs(open: (card: TicketCard) => void): KitchenActs {
  const hub = useHub();
  const tellingAsk = useAsk();
  const ask = useRef(tellingAsk);
  useEffect(() => {
    ask.current = tellingAsk;
  });
  const [last, setLast] = useState<Bump | null>(null);
  const latest = useRef<Bump | null>(null);
  useFullHands(last !== null);
  useEffect(() => {
    if (last === null) return;
    const over = setTimeout(() => setLast(null), UNDO_MS);
    return () => clearTimeout(over);
  }, [last]);
  const acts = useMemo<Acts>(() => {
    const keep = (bump: Bump | null): void => {
      latest.current = bump;
      setLast(bump !== null && hub.now().isConnected ? bump : null);
    };
    return { ...plainActs(hub, ask, latest, keep), open };
  }, [hub, open]);
  return { acts, justBumped: last?.card ?? null };
}

type AskRef = RefObject<ReturnType<typeof useAsk>>;

function plainActs(
  hub: Hub,
  ask: AskRef,
  latest: RefObject<Bump | null>,
  keep: (bump: Bump | null) => void,
): Omit<Acts, "open"> {
  const done = new Done();
  const isAsked = (verb: CardVerb, key: string): boolean => askedOf(hub.outbox.now(), verb, key) !== undefined;
  const once = async (verb: TicketVerb, card: TicketCard): Promise<boolean> => {
    const { ticketId } = card;
    if (isAsked(verb, ticketId) || done.has(verb, card)) return true;
    const isDone = (await ask.current(verb, { ticketId })) !== undefined;
    if (isDone) done.add(verb, card);
    return isDone;
  };
  const serve = async (course: Course): Promise<void> => {
    if (isAsked("serve_order", course.key) || done.has("serve_order", course)) return;
    const answer = await ask.current("serve_order", { orderId: course.orderId, course: course.course });
    if (answer !== undefined) done.add("serve_order", course);
  };
  const takeBack = (verb: CardVerb, key: string): boolean => {
    const asked = askedOf(hub.outbox.now(), verb, key);
    return asked !== undefined && hub.outbox.takeBack(asked.commandId);
  };
  return {
    bump: (card) => {
      if (!isOpen(card) || isAsked("bump_ticket", card.ticketId) || done.has("bump_ticket", card)) return;
      const bump = { card, atMs: Date.now() };
      keep(bump);
      void once("bump_ticket", card).then((isDone) => isDone || latest.current !== bump || keep(null));
    },
    start: (card) => void once("start_ticket", card),
    rush: (card) => void once("rush_ticket", card),
    clear: (card) => void once("clear_ticket", card),
    recall: (card) => void once("recall_ticket", card),
    serve: (course) => void serve(course),
    takeBack: (verb, key) => void takeBack(verb, key),
    undo: () => {
      const bump = latest.current;
      if (bump === null) return false;
      const isTakenBack = takeBack("bump_ticket", bump.card.ticketId);
      if (!isTakenBack && Date.now() - bump.atMs > UNDO_MS) return false;
      if (!isTakenBack) void once("recall_ticket", bump.card);
      keep(null);
      return true;
    },
    strike: (card, lineId) => {
      if (marksOf(STRUCK.now(), card.ticketId).includes(lineId)) return STRUCK.unmark(card.ticketId, lineId);
      STRUCK.mark(card.ticketId, [lineId]);
      if (card.status !== "fired" || isAsked("start_ticket", card.ticketId)) return;
      // Nobody asked for it in so many words, so nobody is told where somebody else was faster.
      hub.ask("start_ticket", { ticketId: card.ticketId }).catch(() => undefined);
    },
    see: (card, lineId) => SEEN.mark(card.ticketId, [lineId]),
  };
}
