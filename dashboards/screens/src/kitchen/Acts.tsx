/**
 * What can be done at a kitchen screen, in one stable object: cards are drawn anew when they change, not when acts do.
 *
 * A bump is sent at once and can be undone for a moment: taken back where it has not been sent yet, recalled where it
 * has. Each says what its cook had seen. Not its business: which button or key asks for it.
 */

import { createContext, type RefObject, useContext, useEffect, useMemo, useRef, useState } from "react";

import { useHub } from "../house/Connected.tsx";
import { useFullHands } from "../house/draft.ts";
import { useWords } from "../house/language.ts";
import { type Commands, type Hub, type TicketCard, type TicketLine, witness } from "../hub/index.ts";
import { useKitchenAsk } from "./asks.ts";
import { isOpen } from "./cards.ts";
import type { Course } from "./courses.ts";
import { Done } from "./done.ts";
import { marksOf, SEEN, STRUCK } from "./marks.ts";
import { longTitleOf } from "./titles.ts";
import { askedOf, type CardVerb, isAsked, UNDO_MS } from "./waiting.ts";
import { WORDS } from "./words.ts";

export interface Acts {
  readonly bump: (card: TicketCard) => void;
  readonly start: (card: TicketCard) => void;
  readonly rush: (card: TicketCard) => void;
  readonly clear: (card: TicketCard) => void;
  readonly recall: (card: TicketCard) => void;
  readonly serve: (course: Course) => void;
  /** Say what holds of a void that crossed a bump: it stands, or the line is the guest's. */
  readonly decide: (card: TicketCard, line: TicketLine, stands: boolean) => void;
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

/** The acts of one screen, which shows `room`; `open` is told of cards that somebody wants to see more of, and must be stable. */
export function useKitchenActs(room: string, open: (card: TicketCard) => void): KitchenActs {
  const hub = useHub();
  const say = useWords(WORDS);
  const ask = useKitchenAsk(room);
  const title = useRef((card: TicketCard) => longTitleOf(say, card));
  useEffect(() => {
    title.current = (card) => longTitleOf(say, card);
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
      setLast(bump);
    };
    const desk: Desk = { hub, room, ask, titleOf: (card) => title.current(card) };
    return { ...plainActs(desk, latest, keep), open };
  }, [hub, room, ask, open]);
  return { acts, justBumped: last?.card ?? null };
}

/** Where acts are done: what they ask with. */
interface Desk {
  readonly hub: Hub;
  readonly room: string;
  readonly ask: ReturnType<typeof useKitchenAsk>;
  readonly titleOf: (card: TicketCard) => string;
}

function plainActs(desk: Desk, latest: RefObject<Bump | null>, keep: (bump: Bump | null) => void): Omit<Acts, "open"> {
  const { outbox } = desk.hub;
  const once = asking(desk);
  const about = (card: TicketCard) => witness.ofTicket(card, outbox.now());
  const takeBack = (verb: CardVerb, key: string): boolean => {
    const asked = askedOf(outbox.now(), verb, key);
    return asked !== undefined && outbox.takeBack(asked.commandId);
  };
  const recall = (card: TicketCard): void => void once("recall_ticket", about(card), card);
  return {
    bump: (card) => {
      const fields = witness.ofBump(card, outbox.now());
      if (!isOpen(card) || once.isUnderWay("bump_ticket", fields, card)) return;
      const bump = { card, atMs: Date.now() };
      keep(bump);
      void once("bump_ticket", fields, card).then((isDone) => isDone || latest.current !== bump || keep(null));
    },
    start: (card) => void once("start_ticket", about(card), card),
    rush: (card) => void once("rush_ticket", about(card), card),
    clear: (card) => void once("clear_ticket", witness.ofClearing(card, outbox.now()), card),
    recall,
    serve: (course) => {
      const [first] = course.tickets;
      if (first !== undefined) void once("serve_order", witness.ofServing(course, outbox.now()), first, course);
    },
    decide: (card, line, stands) => void once("decide_void", witness.ofDecision(card, line, stands), card, line),
    takeBack: (verb, key) => void takeBack(verb, key),
    undo: () => {
      const bump = latest.current;
      if (bump === null) return false;
      const isTakenBack = takeBack("bump_ticket", bump.card.ticketId);
      if (!isTakenBack && Date.now() - bump.atMs > UNDO_MS) return false;
      if (!isTakenBack) recall(bump.card);
      keep(null);
      return true;
    },
    strike: (card, lineId) => {
      if (marksOf(STRUCK.now(), card.ticketId).includes(lineId)) return STRUCK.unmark(card.ticketId, lineId);
      STRUCK.mark(card.ticketId, [lineId]);
      if (card.status !== "fired" || isAsked(outbox.now(), "start_ticket", about(card))) return;
      // Nobody asked for it in so many words, so nobody is told where somebody else was faster.
      desk.hub.ask("start_ticket", about(card), desk.room).catch(() => undefined);
    },
    see: (card, lineId) => SEEN.mark(card.ticketId, [lineId]),
  };
}

interface Once {
  /** Ask for it unless it is under way; resolves with whether it is done, or will be. `shown` is what it is done to. */
  <V extends CardVerb>(verb: V, fields: Commands[V], card: TicketCard, shown?: object): Promise<boolean>;
  readonly isUnderWay: (verb: CardVerb, fields: object, shown: object) => boolean;
}

/** A function that asks for the same thing once, however often it is touched. */
function asking({ hub, ask, titleOf }: Desk): Once {
  const done = new Done();
  const isUnderWay: Once["isUnderWay"] = (verb, fields, shown) => {
    return isAsked(hub.outbox.now(), verb, fields) || done.has(verb, shown);
  };
  const once = async <V extends CardVerb>(
    verb: V,
    fields: Commands[V],
    card: TicketCard,
    shown: object = card,
  ): Promise<boolean> => {
    if (isUnderWay(verb, fields, shown)) return true;
    const isDone = (await ask(verb, fields, titleOf(card))) !== undefined;
    if (isDone) done.add(verb, shown);
    return isDone;
  };
  return Object.assign(once, { isUnderWay });
}
