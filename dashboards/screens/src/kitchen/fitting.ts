/**
 * How a rail fits its room: how big it is, how big the cards on it may be, and hanging them whenever one came, left or
 * grew.
 *
 * Not its business: where each card hangs (`packing.ts`), moving it there (`hanging.ts`), and reaching it.
 */

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

import { columnsFor, type Density, densityFor, GUESSED, learnt } from "./density.ts";
import type { Hanging } from "./hanging.ts";
import type { Rails } from "./packing.ts";
import { ALL_IN_SIGHT, isSame, type Sight } from "./sight.ts";

export const GAP_PX = 10;

export type RailRef = RefObject<HTMLOListElement | null>;

interface RailSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** How big the rail is, margins included. */
export function useSize(rail: RailRef): RailSize {
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

export function railsOf({ widthPx, heightPx }: RailSize, density: Density): Rails {
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
export function useDensity(bulk: number, widthPx: number): DensityNow {
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
  /** The cards, in the order in which they are wanted. */
  readonly ids: readonly string[];
  /** Told the order in which they hang. */
  readonly onHung: (ids: readonly string[]) => void;
  readonly onSight: (sight: Sight) => void;
  readonly onCrowded: () => void;
}

/** Hangs the cards whenever one came, left or grew; answers the place of the first one in sight. */
export function useHanging({ rail, hanging, ...props }: HangingProps): number {
  const [first, setFirst] = useState(0);
  const sight = useRef<Sight>(ALL_IN_SIGHT);
  const latest = useRef(props);
  const telling = useRef(0);
  useEffect(() => () => cancelAnimationFrame(telling.current), []);
  const tell = useCallback(() => {
    const now = hanging.sight;
    const { rails, onCrowded } = latest.current;
    const isCrowded = now.before + now.after > 0 || hanging.hasWide;
    if (isCrowded && rails.columns > 1) onCrowded();
    if (isSame(now, sight.current)) return;
    sight.current = now;
    // Not in the turn in which the cards are hung: what is told may change the rail, and that is the next frame's.
    cancelAnimationFrame(telling.current);
    telling.current = requestAnimationFrame(() => {
      setFirst(now.first);
      latest.current.onSight(now);
    });
  }, [hanging]);
  const hang = useCallback(() => {
    const { rails, ids, onHung } = latest.current;
    if (rail.current === null || rails.columnPx === 0) return;
    onHung(hanging.hang(rail.current, ids, rails));
    tell();
  }, [rail, hanging, tell]);
  const look = useCallback(() => {
    if (rail.current === null) return;
    hanging.look(rail.current);
    tell();
  }, [rail, hanging, tell]);
  useLayoutEffect(() => {
    latest.current = props;
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
