/**
 * Where each card hangs: in order, from top to bottom and column by column, as paper hangs on a rail.
 *
 * A card is never torn: one that is taller than a column hangs over several, side by side. Done by hand rather than by
 * the browser's columns, which lay out every card anew when one of them ticks. Not its business: how high cards are.
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

export function packed(sizes: readonly Size[], rails: Rails): readonly Spot[] {
  let column = 0;
  let topPx = 0;
  return sizes.map((size) => {
    const span = Math.min(size.span, rails.columns);
    if (topPx > 0 && (span > 1 || topPx + size.heightPx > rails.heightPx)) {
      column += 1;
      topPx = 0;
    }
    if (!fitsOnPage(column, span, rails)) column = (pageOf(column, rails) + 1) * rails.columns;
    const spot = { column, leftPx: column * (rails.columnPx + rails.gapPx), topPx };
    if (span > 1) column += span;
    else topPx += size.heightPx + rails.gapPx;
    return spot;
  });
}

export function pageOf(column: number, { columns }: Rails): number {
  return Math.floor(column / columns);
}

/** How wide a page is, from its first column to the next page's first. */
export function pagePx({ columns, columnPx, gapPx }: Rails): number {
  return columns * (columnPx + gapPx);
}

function fitsOnPage(column: number, span: number, rails: Rails): boolean {
  return (column % rails.columns) + span <= rails.columns;
}
