/**
 * Hanging the cards of a rail where they belong, and moving them there.
 *
 * It measures and moves elements that React drew, and touches nothing within them. Cards that hang elsewhere than a
 * moment ago slide there within their column, and appear in another. Whether or not anything is seen of that, for a
 * moment they cannot be touched, so that no finger bumps what came beneath it.
 */

import { hangingOrder, packed, pageOf, pagePx, type Rails, type Size, type Spot } from "./packing.ts";
import { SETTLED_MS_MIN } from "./settled.ts";
import { ALL_IN_SIGHT, type Box, type Sight, sightOf } from "./sight.ts";

const MOVE_MS = 220;
const ARRIVING_MS = 2_000;

const APPEARING: Keyframe[] = [{ opacity: 0.15 }, { opacity: 1 }];
const ARRIVING: Keyframe[] = [
  { boxShadow: "0 0 0 6px var(--main)", borderRadius: "10px" },
  { boxShadow: "0 0 0 6px var(--main)", borderRadius: "10px", offset: 0.6 },
  { boxShadow: "0 0 0 0 transparent", borderRadius: "10px" },
];

interface Hung extends Spot, Size {
  /** What its main button does: see the rail. */
  readonly meaning: string | undefined;
}

/** The cards of one rail, as they hang. */
export class Hanging {
  #rails: Rails | null = null;
  /** How big the cards' words were when they were measured. */
  #density: string | undefined;
  /** In the order in which they hang. */
  #hung = new Map<HTMLElement, Hung>();
  #window: Box = { left: 0, right: 0, top: 0, bottom: 0 };
  #sight = ALL_IN_SIGHT;
  readonly #guarded = new WeakMap<HTMLElement, ReturnType<typeof setTimeout>>();

  /** Whether a card hangs over several columns, because it is too tall for one. */
  get hasWide(): boolean {
    return [...this.#hung.values()].some((one) => one.span > 1);
  }

  /** What is in sight since the rail was hung or scrolled. */
  get sight(): Sight {
    return this.#sight;
  }

  /** Hang every card of the rail where it belongs now. `ids` is their order; answers the order in which they hang. */
  hang(rail: HTMLElement, ids: readonly string[], rails: Rails): readonly string[] {
    const { density } = rail.dataset;
    const isAnew = this.#rails === null || !isSameRails(this.#rails, rails);
    const isMeasured = !isAnew && this.#density === density;
    const before = this.#hung;
    const cards = cardsOf(rail, ids);
    const sizes = cards.map((card) => sized(card, isMeasured ? before.get(card) : undefined, rails));
    const spots = packed(sizes, rails);
    const order = hangingOrder(spots);
    this.#rails = rails;
    this.#density = density;
    this.#hung = new Map(order.flatMap((at) => hung(cards[at], sizes[at], spots[at])));
    // Looked at before anything is moved: afterwards the browser would have to lay out everything once more to answer.
    this.look(rail);
    const isStill = isAnew || matchMedia("(prefers-reduced-motion: reduce)").matches;
    for (const [card, now] of this.#hung) {
      const was = before.get(card);
      const isWatched = this.#isWatched(now) || (was !== undefined && this.#isWatched(was));
      if (isWatched && before.size > 0 && (!isMeasured || !isWhereItWas(now, was))) this.#guard(card);
      place(card, now, was, { isMoving: !isStill && isWatched, isFirst: before.size === 0 });
    }
    const pages = Math.max(0, ...spots.map((one) => pageOf(one.column, rails))) + 1;
    become(rail, "--end", `${pages * pagePx(rails) - rails.gapPx}px`);
    return order.flatMap((at) => ids[at] ?? []);
  }

  /** Look again at what is in sight: the rail was hung, or scrolled. */
  look(rail: HTMLElement): void {
    const { scrollLeft: left, scrollTop: top, clientWidth, clientHeight } = rail;
    const gapPx = this.#rails?.gapPx ?? 0;
    this.#window = { left, top, right: left + clientWidth - gapPx, bottom: top + clientHeight - gapPx };
    const boxes = [...this.#hung.values()].map((one) => this.#box(one));
    this.#sight = sightOf(boxes, this.#window);
  }

  /** Whether somebody could see it there, or a part of it. */
  #isWatched(one: Hung): boolean {
    const { left, right } = this.#box(one);
    return right > this.#window.left && left < this.#window.right;
  }

  /** Let no finger touch it for a moment: it was meant for what was there before. */
  #guard(card: HTMLElement): void {
    clearTimeout(this.#guarded.get(card));
    card.style.pointerEvents = "none";
    const rest = (): void => void (card.style.pointerEvents = "");
    this.#guarded.set(card, setTimeout(rest, SETTLED_MS_MIN));
  }

  /** Where to move the rail so that this card is in sight, or that many pages on. */
  leftOf(card: HTMLElement): number {
    const hung = this.#hung.get(card);
    return hung === undefined || this.#rails === null ? 0 : pageOf(hung.column, this.#rails) * pagePx(this.#rails);
  }

  get pagePx(): number {
    return this.#rails === null ? 0 : pagePx(this.#rails);
  }

  #box({ leftPx, topPx, span, heightPx }: Hung): Box {
    const { columnPx, gapPx } = this.#rails ?? { columnPx: 0, gapPx: 0 };
    const right = leftPx + span * columnPx + (span - 1) * gapPx;
    return { left: leftPx, right, top: topPx, bottom: topPx + heightPx };
  }
}

/** The cards in the order of these ids, which is not always the document's. */
function cardsOf(rail: HTMLElement, ids: readonly string[]): readonly HTMLElement[] {
  const cards = new Map(
    [...rail.children].flatMap((one) => (one instanceof HTMLElement ? [[one.dataset.id, one]] : [])),
  );
  return ids.flatMap((id) => cards.get(id) ?? []);
}

function hung(card: HTMLElement | undefined, size: Size | undefined, spot: Spot | undefined): [HTMLElement, Hung][] {
  if (card === undefined || size === undefined || spot === undefined) return [];
  return [[card, { ...size, ...spot, meaning: card.dataset.meaning }]];
}

/** How high the card is; over more columns where one is not high enough, and over no more than make it lower. */
function sized(card: HTMLElement, before: Size | undefined, rails: Rails): Size {
  if (before !== undefined && card.offsetHeight === before.heightPx) return before;
  let size = sizedOver(card, 1);
  for (let span = 2; span <= rails.columns && size.heightPx > rails.heightPx; span += 1) {
    const wider = sizedOver(card, span);
    if (wider.heightPx < size.heightPx) size = wider;
  }
  widen(card, size.span);
  // Even over the whole page: the rail can be scrolled down then, and the card's buttons stay in sight.
  card.toggleAttribute("data-tall", size.heightPx > rails.heightPx);
  return size;
}

function sizedOver(card: HTMLElement, span: number): Size {
  widen(card, span);
  return { span, heightPx: card.offsetHeight };
}

function widen(card: HTMLElement, span: number): void {
  // A card that React has just drawn says nothing of it, and is one column wide.
  if ((card.dataset.span ?? "1") === String(span)) return;
  card.dataset.span = String(span);
  become(card, "--span", String(span));
}

/** What is inherited is worked out anew for everything beneath, even when it is what it was. */
function become(element: HTMLElement, property: `--${string}`, value: string): void {
  if (element.style.getPropertyValue(property) !== value) element.style.setProperty(property, value);
}

/** Whether what is touched there is what was there, and does what it did. */
function isWhereItWas(now: Hung, was: Hung | undefined): boolean {
  return was?.leftPx === now.leftPx && was.topPx === now.topPx && was.meaning === now.meaning;
}

interface How {
  /** Whether anybody would see it move. */
  readonly isMoving: boolean;
  /** Whether the rail was empty: nobody needs to be told that everything is new. */
  readonly isFirst: boolean;
}

function place(card: HTMLElement, now: Spot, before: Spot | undefined, { isMoving, isFirst }: How): void {
  if (before?.leftPx === now.leftPx && before.topPx === now.topPx) return;
  const there = `translate(${now.leftPx}px, ${now.topPx}px)`;
  card.style.transform = there;
  if (!isMoving) return;
  if (before === undefined) {
    if (!isFirst) card.animate(ARRIVING, ARRIVING_MS);
  } else if (before.column !== now.column) move(card, APPEARING);
  else move(card, [{ transform: `translate(${before.leftPx}px, ${before.topPx}px)` }, { transform: there }]);
}

function move(card: HTMLElement, frames: Keyframe[]): void {
  card.animate(frames, { duration: MOVE_MS, easing: "ease-out" });
}

function isSameRails(one: Rails, other: Rails): boolean {
  return (
    one.columns === other.columns &&
    one.columnPx === other.columnPx &&
    one.heightPx === other.heightPx &&
    one.gapPx === other.gapPx
  );
}
