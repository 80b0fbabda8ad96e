/**
 * Where each card hangs: in order, from top to bottom and column by column, as paper hangs on a rail.
 *
 * A card is never torn: one that is taller than a column hangs over several, side by side. What room is left before
 * such a card, because it needs more columns than the page has left, the next ones take: nothing is out of sight beside
 * free room. Done by hand rather than by the browser's columns, which lay out every card anew when one of them ticks.
 * Not its business: how high cards are.
 */

export interface Rails {
  /** How many columns are in sight at once; they make a page. */
  readonly columns: number;
  readonly columnPx: number;
  readonly heightPx: number;
  readonly gapPx: number;
}

/** A card's size: over how many columns it hangs, and how high it is there. */
export interface Size {
  readonly span: number;
  readonly heightPx: number;
}

/** A card's place, from the rail's beginning. `column` counts on over all pages. */
export interface Spot {
  readonly column: number;
  readonly leftPx: number;
  readonly topPx: number;
}

/** Free room: from `topPx` of a column on, up to the column `end`, which is somebody else's. */
interface Room {
  readonly column: number;
  readonly topPx: number;
  readonly end: number;
}

/** Where cards of these sizes hang, in their order. One more at the end moves no other. */
export function packed(sizes: readonly Size[], rails: Rails): readonly Spot[] {
  const gaps: Room[] = [];
  let rest: Room = { column: 0, topPx: 0, end: Infinity };
  return sizes.map((size) => {
    const span = Math.min(size.span, rails.columns);
    if (span > 1) {
      const column = firstColumnFor(span, rest, rails);
      if (rest.column < column) gaps.push({ ...rest, end: column });
      rest = { column: column + span, topPx: 0, end: Infinity };
      return spotAt(column, 0, rails);
    }
    // A gap that the next card does not fit into stays one: the order is disturbed no more than it must be.
    while (gaps[0] !== undefined && !fits(size, gaps[0], rails)) gaps.shift();
    const [gap] = gaps;
    const spot = spotIn(gap ?? rest, size, rails);
    const left = { column: spot.column, topPx: spot.topPx + size.heightPx + rails.gapPx, end: (gap ?? rest).end };
    if (gap === undefined) rest = left;
    else gaps[0] = left;
    return spot;
  });
}

/** The order in which they hang: column by column, from top to bottom. Answers places among the given ones. */
export function hangingOrder(spots: readonly Spot[]): readonly number[] {
  return [...spots.entries()]
    .sort(([, one], [, other]) => one.column - other.column || one.topPx - other.topPx)
    .map(([at]) => at);
}

export function pageOf(column: number, { columns }: Rails): number {
  return Math.floor(column / columns);
}

/** How wide a page is, from its first column to the next page's first. */
export function pagePx({ columns, columnPx, gapPx }: Rails): number {
  return columns * (columnPx + gapPx);
}

/** The first column of as many that are free, side by side and on one page. */
function firstColumnFor(span: number, room: Room, rails: Rails): number {
  const column = room.topPx > 0 ? room.column + 1 : room.column;
  return (column % rails.columns) + span <= rails.columns ? column : (pageOf(column, rails) + 1) * rails.columns;
}

function fits(size: Size, room: Room, rails: Rails): boolean {
  return spotIn(room, size, rails).column < room.end;
}

function spotIn({ column, topPx }: Room, { heightPx }: Size, rails: Rails): Spot {
  const isBelow = topPx === 0 || topPx + heightPx <= rails.heightPx;
  return isBelow ? spotAt(column, topPx, rails) : spotAt(column + 1, 0, rails);
}

function spotAt(column: number, topPx: number, { columnPx, gapPx }: Rails): Spot {
  return { column, leftPx: column * (columnPx + gapPx), topPx };
}
