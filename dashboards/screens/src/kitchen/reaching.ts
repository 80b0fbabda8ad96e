/**
 * Reaching the cards of a rail without touching them: by number keys, by arrows, by the focus that stays where the work
 * is; and the way back to the oldest tickets.
 *
 * Not its business: what a key does about a card, and when a key is pressed (`keys.ts`).
 */

import { type FocusEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

import type { RailRef } from "./fitting.ts";
import type { Hanging } from "./hanging.ts";
import { POSITIONS_MAX } from "./keys.ts";
import { isSettled, Meanings } from "./settled.ts";

const MAIN = "[data-main=true]:not(:disabled)";
/** A screen that somebody left at its second page goes back to the oldest tickets by itself. */
const BACK_TO_FIRST_MS = 20_000;

export interface RailHandle {
  /** Turn to the next page, or the one before. */
  readonly turn: (by: 1 | -1) => void;
  /** Move the focus from card to card. */
  readonly move: (to: "previous" | "next" | "left" | "right") => void;
  /** Press the main button of the card that has the focus, unless the focus came to it only just, by itself. */
  readonly press: () => void;
  /**
   * The card that a number key means, as its place counted over all cards; null where there is none, and where it has
   * not had that number for long enough to be meant.
   */
  readonly meant: (position: number) => number | null;
  /** Bring a card into sight and the focus to it. */
  readonly show: (id: string) => void;
}

/** What a number key means just now: see the handle. */
export function useMeanings(meanings: readonly string[], first: number): (at: number, position: number) => boolean {
  const [keys] = useState(() => new Meanings());
  const latest = useRef(meanings);
  useLayoutEffect(() => {
    latest.current = meanings;
    keys.are(meanings.slice(first, first + POSITIONS_MAX), performance.now());
  });
  return useCallback(
    (at, position) => {
      const meaning = latest.current[at];
      return meaning !== undefined && keys.isMeant(position, meaning, performance.now());
    },
    [keys],
  );
}

/** The card that has the focus. */
interface Focused {
  readonly id: string;
  readonly at: number;
  readonly meaning: string | undefined;
  /** When it came to be under the finger without having been asked for. */
  readonly sinceMs: number;
}

type FocusedRef = RefObject<Focused | null>;

interface KeptFocus {
  readonly keepFocus: (event: FocusEvent<HTMLOListElement>) => void;
  readonly focused: FocusedRef;
}

/** When the card that has the focus leaves, the focus goes to the card that took its place. */
export function useKeptFocus(rail: RailRef, ids: readonly string[], meanings: readonly string[]): KeptFocus {
  const focused = useRef<Focused | null>(null);
  useLayoutEffect(() => {
    const was = focused.current;
    if (was === null) return;
    const at = ids.indexOf(was.id);
    if (at >= 0) {
      const meaning = meanings[at];
      focused.current = { id: was.id, at, meaning, sinceMs: meaning === was.meaning ? was.sinceMs : performance.now() };
      return;
    }
    focused.current = null;
    if (document.activeElement !== document.body) return;
    const next = Math.min(was.at, ids.length - 1);
    cardsOf(rail.current)[next]?.focus({ preventScroll: true });
    // The card's own event has told of it already, but not that it came by itself.
    const id = ids[next];
    if (id !== undefined) focused.current = { id, at: next, meaning: meanings[next], sinceMs: performance.now() };
  });
  const keepFocus = (event: FocusEvent<HTMLOListElement>): void => {
    const id = event.target.closest("[data-place]")?.getAttribute("data-place") ?? null;
    const at = id === null ? -1 : ids.indexOf(id);
    focused.current = id === null ? null : { id, at, meaning: meanings[at], sinceMs: -Infinity };
  };
  return { keepFocus, focused };
}

export function useBackToFirst(rail: RailRef): void {
  useEffect(() => {
    let goingBack: ReturnType<typeof setTimeout>;
    const touched = (): void => {
      clearTimeout(goingBack);
      goingBack = setTimeout(() => rail.current?.scrollTo({ left: 0, top: 0, behavior: "smooth" }), BACK_TO_FIRST_MS);
    };
    const events = ["pointerdown", "keydown", "wheel", "touchmove"];
    for (const event of events) document.addEventListener(event, touched, { passive: true });
    return () => {
      clearTimeout(goingBack);
      for (const event of events) document.removeEventListener(event, touched);
    };
  }, [rail]);
}

export function handleOf(
  rail: RailRef,
  hanging: Hanging,
  focused: FocusedRef,
  isMeant: (at: number, position: number) => boolean,
): RailHandle {
  const focusOn = (card: HTMLElement | undefined): void => {
    const place = card?.parentElement;
    card?.focus({ preventScroll: true });
    if (!place) return;
    if (rail.current?.dataset.columns === "one") place.scrollIntoView({ block: "nearest", behavior: "smooth" });
    else rail.current?.scrollTo({ left: hanging.leftOf(place), behavior: "smooth" });
  };
  return {
    meant: (position) => {
      const at = hanging.sight.first + position;
      return isMeant(at, position) ? at : null;
    },
    turn: (by) => {
      const element = rail.current;
      const isOne = element?.dataset.columns === "one";
      element?.scrollBy({
        left: isOne ? 0 : by * hanging.pagePx,
        top: isOne ? by * element.clientHeight * 0.85 : 0,
        behavior: "smooth",
      });
    },
    move: (to) => {
      const cards = cardsOf(rail.current);
      const at = cards.findIndex((one) => one.contains(document.activeElement));
      focusOn(at < 0 ? cards[hanging.sight.first] : neighbour(cards, at, to));
    },
    press: () => {
      if (!isSettled(focused.current?.sinceMs ?? -Infinity, performance.now())) return;
      const card = cardsOf(rail.current).find((one) => one === document.activeElement);
      card?.querySelector<HTMLElement>(MAIN)?.click();
    },
    show: (id) => focusOn(cardsOf(rail.current).find((one) => one.dataset.place === id)),
  };
}

function cardsOf(rail: HTMLOListElement | null): readonly HTMLElement[] {
  return [...(rail?.querySelectorAll<HTMLElement>("[data-place]") ?? [])];
}

/** The card beside this one: before and after as they hang; left and right in the nearest column, at its height. */
function neighbour(
  cards: readonly HTMLElement[],
  at: number,
  to: "previous" | "next" | "left" | "right",
): HTMLElement | undefined {
  if (to === "previous" || to === "next") return cards[at + (to === "next" ? 1 : -1)] ?? cards[at];
  const from = cards[at]?.getBoundingClientRect();
  if (from === undefined) return undefined;
  const beside = cards
    .map((card) => ({ card, box: card.getBoundingClientRect() }))
    .filter(({ box }) => (to === "left" ? box.left < from.left - 1 : box.left > from.left + 1))
    .map(({ card, box }) => ({ card, acrossPx: Math.abs(box.left - from.left), downPx: Math.abs(box.top - from.top) }))
    .sort((one, other) => one.acrossPx - other.acrossPx || one.downPx - other.downPx);
  return beside[0]?.card ?? cards[at];
}
