/**
 * The order in which cards hang, which is not always the one in which they are wanted: see `packing.ts`.
 *
 * Keys, the counts of what is out of sight and whoever reads the screen aloud follow the cards as they hang.
 */

import { useCallback, useMemo, useState } from "react";

interface Arranged<T> {
  /** As they are wanted. */
  readonly ids: readonly string[];
  /** As they hang, as far as that is known. */
  readonly cards: readonly T[];
  /** To be told how they hang, whenever they were hung. */
  readonly hang: (ids: readonly string[]) => void;
}

export function useArranged<T>(wanted: readonly T[], idOf: (card: T) => string): Arranged<T> {
  // Null for as long as they hang as they are wanted, so that a card more or less draws nothing twice.
  const [hung, setHung] = useState<readonly string[] | null>(null);
  const ids = useMemo(() => wanted.map(idOf), [wanted, idOf]);
  const cards = useMemo(() => (hung === null ? wanted : arranged(wanted, idOf, hung)), [wanted, idOf, hung]);
  const hang = useCallback(
    (now: readonly string[]) => {
      const told = isSameOrder(now, ids) ? null : now;
      setHung((before) => (told !== null && before !== null && isSameOrder(told, before) ? before : told));
    },
    [ids],
  );
  return { ids, cards, hang };
}

/** The cards as they hang; those of which that is not known yet come last, as they are wanted. */
export function arranged<T>(wanted: readonly T[], idOf: (card: T) => string, hung: readonly string[]): readonly T[] {
  const places = new Map(hung.map((id, at) => [id, at]));
  const placeOf = (card: T): number => places.get(idOf(card)) ?? hung.length;
  return wanted.toSorted((one, other) => placeOf(one) - placeOf(other));
}

function isSameOrder(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, at) => id === other[at]);
}
