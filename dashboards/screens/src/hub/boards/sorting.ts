/**
 * The order in which boards list things, which is the hub's: text by code points, whatever language the device speaks.
 *
 * A device that sorted as people do would show another order than the hub's own board. Not its business: which things
 * are listed by what.
 */

/** The list in the order of what is told of each thing; where that is the same, of what is told next. */
export function sorted<T>(list: readonly T[], ...tell: readonly ((one: T) => string)[]): readonly T[] {
  return [...list].sort((one, other) => {
    for (const told of tell) {
      const order = compareText(told(one), told(other));
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** The record with its names in order. */
export function sortedByName<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(sorted(Object.entries(record), ([name]) => name));
}

/** Below zero where one comes before the other. */
export function compareText(one: string, other: string): number {
  const shared = Math.min(one.length, other.length);
  for (let at = 0; at < shared; at += 1) {
    const order = rank(one.charCodeAt(at)) - rank(other.charCodeAt(at));
    if (order !== 0) return order;
  }
  return one.length - other.length;
}

/** Halves of a pair make a code point above all that need no pair, though some of those have a greater number. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
