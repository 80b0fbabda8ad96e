/**
 * The rail that tickets hang on: columns that fill the screen, from top to bottom and from left to right, as paper
 * hangs.
 *
 * What does not fit hangs further along, never unseen: the rail says how many are out of sight on either side. On a
 * phone the rail is one column and is scrolled. Not its business: what is written on the cards, and moving them
 * (`hanging.ts`).
 */

import {
  type CSSProperties,
  type FocusEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";

import { columnsFor, type Density, densityFor, GUESSED, learnt } from "./density.ts";
import { Hanging } from "./hanging.ts";
import { keyOf, POSITIONS_MAX } from "./keys.ts";
import type { Rails } from "./packing.ts";
import { isSettled, Meanings } from "./settled.ts";
import { ALL_IN_SIGHT, isSame, type Sight } from "./sight.ts";

const GAP_PX = 10;
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

interface RailProps<T> {
  readonly label: string;
  readonly cards: readonly T[];
  readonly idOf: (card: T) => string;
  /** What the main act is about it. A card of which that changed is not acted on at once: another act was meant. */
  readonly actOf: (card: T) => string;
  /** How much room a card takes, in lines. */
  readonly bulkOf: (card: T) => number;
  readonly draw: (card: T) => ReactNode;
  readonly hasKeys: boolean;
  readonly handle: RefObject<RailHandle | null>;
  readonly onSight: (sight: Sight) => void;
  /** What is shown where there is no card. */
  readonly empty: ReactNode;
}

type RailRef = RefObject<HTMLOListElement | null>;

export function Rail<T>(props: RailProps<T>) {
  const { label, cards, idOf, actOf, bulkOf, draw, hasKeys, handle, onSight, empty } = props;
  const rail = useRef<HTMLOListElement>(null);
  const [hanging] = useState(() => new Hanging());
  const size = useSize(rail);
  const bulk = cards.reduce((sum, one) => sum + bulkOf(one), 0);
  const { density, onCrowded } = useDensity(bulk, size.widthPx);
  const rails = railsOf(size, density);
  const first = useHanging({ rail, hanging, rails, onSight, onCrowded });
  const meanings = cards.map((card) => `${idOf(card)} ${actOf(card)}`);
  const { keepFocus, focused } = useKeptFocus(rail, cards.map(idOf), meanings);
  const meant = useMeanings(meanings, first);
  useBackToFirst(rail);
  useLayoutEffect(() => {
    handle.current = handleOf(rail, hanging, focused, meant);
    return () => {
      handle.current = null;
    };
  }, [handle, hanging, focused, meant]);
  const style: CSSProperties & Record<"--column" | "--gap", string> = {
    "--column": `${rails.columnPx}px`,
    "--gap": `${GAP_PX}px`,
  };
  return (
    <div className="rail__frame">
      <ol
        ref={rail}
        className="rail"
        aria-label={label}
        data-density={density}
        data-columns={rails.columns === 1 ? "one" : "many"}
        data-keys={hasKeys}
        style={style}
        onFocus={keepFocus}
      >
        {cards.map((card, at) => (
          <li key={idOf(card)} className="rail__place" data-meaning={actOf(card)}>
            {hasKeys && <Key position={at - first} />}
            {draw(card)}
          </li>
        ))}
      </ol>
      {cards.length === 0 && empty}
    </div>
  );
}

/** The number on the bump bar. */
function Key({ position }: { readonly position: number }) {
  const key = keyOf(position);
  return key === null ? null : (
    <kbd className="rail__key" aria-hidden="true">
      {key}
    </kbd>
  );
}

interface RailSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** How big the rail is, margins included. */
function useSize(rail: RailRef): RailSize {
  const [size, setSize] = useState<RailSize>({ widthPx: 0, heightPx: 0 });
  useLayoutEffect(() => {
    const element = rail.current;
    if (element === null) return;
    const look = (): void => {
      const { clientWidth: widthPx, clientHeight: heightPx } = element;
      setSize((one) => (one.widthPx === widthPx && one.heightPx === heightPx ? one : { widthPx, heightPx }));
    };
    look();
    const watch = new ResizeObserver(look);
    watch.observe(element);
    return () => watch.disconnect();
  }, [rail]);
  return size;
}

function railsOf({ widthPx, heightPx }: RailSize, density: Density): Rails {
  const columns = columnsFor(widthPx, density);
  const columnPx = Math.max(0, (widthPx - GAP_PX) / columns - GAP_PX);
  return { columns, columnPx, heightPx: columns === 1 ? Infinity : heightPx - 2 * GAP_PX, gapPx: GAP_PX };
}

interface DensityNow {
  readonly density: Density;
  /** Something is out of sight, or too tall for a column: smaller cards might help. */
  readonly onCrowded: () => void;
}

/** As big as fits. What a rail of this width could not hold once, it does not try again before much has left. */
function useDensity(bulk: number, widthPx: number): DensityNow {
  const [limits, setLimits] = useState(GUESSED);
  const before = useRef<Density | null>(null);
  const density = densityFor(bulk, limits, before.current);
  const now = useRef({ density, bulk });
  useLayoutEffect(() => {
    before.current = density;
    now.current = { density, bulk };
  });
  useEffect(() => setLimits(GUESSED), [widthPx]);
  const onCrowded = useCallback(() => {
    const was = now.current;
    if (was.density !== "dense") setLimits((one) => learnt(one, was.density, was.bulk));
  }, []);
  return { density, onCrowded };
}

interface HangingProps {
  readonly rail: RailRef;
  readonly hanging: Hanging;
  readonly rails: Rails;
  readonly onSight: (sight: Sight) => void;
  readonly onCrowded: () => void;
}

/** Hangs the cards whenever one came, left or grew; answers the place of the first one in sight. */
function useHanging({ rail, hanging, rails, onSight, onCrowded }: HangingProps): number {
  const [first, setFirst] = useState(0);
  const sight = useRef<Sight>(ALL_IN_SIGHT);
  const latest = useRef({ rails, onSight, onCrowded });
  const telling = useRef(0);
  useEffect(() => () => cancelAnimationFrame(telling.current), []);
  const look = useCallback(() => {
    if (rail.current === null) return;
    const now = hanging.sight(rail.current);
    const isCrowded = now.before + now.after > 0 || hanging.hasWide;
    if (isCrowded && latest.current.rails.columns > 1) latest.current.onCrowded();
    if (isSame(now, sight.current)) return;
    sight.current = now;
    // Not in the turn in which the cards are hung: what is told may change the rail, and that is the next frame's.
    cancelAnimationFrame(telling.current);
    telling.current = requestAnimationFrame(() => {
      setFirst(now.first);
      latest.current.onSight(now);
    });
  }, [rail, hanging]);
  const hang = useCallback(() => {
    if (rail.current === null || latest.current.rails.columnPx === 0) return;
    hanging.hang(rail.current, latest.current.rails);
    look();
  }, [rail, hanging, look]);
  useLayoutEffect(() => {
    latest.current = { rails, onSight, onCrowded };
    hang();
  });
  useScrolled(rail, look);
  useGrown(rail, hang);
  return first;
}

function useScrolled(rail: RailRef, look: () => void): void {
  useEffect(() => {
    const element = rail.current;
    let frame = 0;
    const scrolled = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(look);
    };
    element?.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      element?.removeEventListener("scroll", scrolled);
    };
  }, [rail, look]);
}

/** A card may grow without the rail: a void was seen, a tap waits to be sent. */
function useGrown(rail: RailRef, hang: () => void): void {
  const watch = useRef<ResizeObserver | null>(null);
  const watched = useRef(new Set<Element>());
  useEffect(() => {
    watch.current = new ResizeObserver(hang);
    const seen = watched.current;
    return () => {
      watch.current?.disconnect();
      watch.current = null;
      seen.clear();
    };
  }, [hang]);
  useEffect(() => {
    const cards = new Set(rail.current?.children);
    for (const card of watched.current) if (!cards.has(card)) watch.current?.unobserve(card);
    for (const card of cards) if (!watched.current.has(card)) watch.current?.observe(card);
    watched.current = cards;
  });
}

/** What a number key means just now: see the handle. */
function useMeanings(meanings: readonly string[], first: number): (at: number, position: number) => boolean {
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
function useKeptFocus(rail: RailRef, ids: readonly string[], meanings: readonly string[]): KeptFocus {
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

function useBackToFirst(rail: RailRef): void {
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

function handleOf(
  rail: RailRef,
  hanging: Hanging,
  focused: FocusedRef,
  isMeant: (at: number, position: number) => boolean,
): RailHandle {
  const first = (): number => (rail.current === null ? 0 : hanging.sight(rail.current).first);
  const focusOn = (card: HTMLElement | undefined): void => {
    const place = card?.parentElement;
    card?.focus({ preventScroll: true });
    if (!place) return;
    if (rail.current?.dataset.columns === "one") place.scrollIntoView({ block: "nearest", behavior: "smooth" });
    else rail.current?.scrollTo({ left: hanging.leftOf(place), behavior: "smooth" });
  };
  return {
    meant: (position) => {
      const at = first() + position;
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
      focusOn(at < 0 ? cards[first()] : neighbour(cards, at, to));
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
