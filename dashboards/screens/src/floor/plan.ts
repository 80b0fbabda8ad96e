/**
 * Where tables go on the glass: their places on the house's plan, spread over the room there is, never overlapping.
 *
 * Not its business: pixels. Everything is in per cent of the plan's width and height.
 */

import type { FloorTable } from "../hub/wire.ts";

/** A table's middle, in per cent. */
export interface Spot {
  readonly leftPercent: number;
  readonly topPercent: number;
}

export interface Plan {
  readonly spots: ReadonlyMap<string, Spot>;
  /** How much of the plan each table may take. */
  readonly widthPercent: number;
  readonly heightPercent: number;
  /** There is no plan on which a finger would hit one table and not its neighbour. */
  readonly isCrowded: boolean;
}

/** One table alone should not fill the screen. */
const WIDTH_SHARE_MAX = 0.25;
const HEIGHT_SHARE_MAX = 0.34;

/** On the smallest screen that has a plan, so much is a finger. */
const WIDTH_SHARE_MIN = 0.11;
const HEIGHT_SHARE_MIN = 0.13;

type At = readonly [x: number, y: number];

/** The plan of these tables. The outermost of them touch its edges. */
export function planOf(tables: readonly FloorTable[]): Plan {
  const x = scale(tables.map((table) => table.x));
  const y = scale(tables.map((table) => table.y));
  const at = tables.map((table): At => [x(table.x), y(table.y)]);
  const [width, height] = roomiest(at);
  const spots = tables.map((table): [string, Spot] => [
    table.tableId,
    {
      leftPercent: 100 * (width / 2 + x(table.x) * (1 - width)),
      topPercent: 100 * (height / 2 + y(table.y) * (1 - height)),
    },
  ]);
  const isCrowded = width < WIDTH_SHARE_MIN || height < HEIGHT_SHARE_MIN;
  return { spots: new Map(spots), widthPercent: 100 * width, heightPercent: 100 * height, isCrowded };
}

/** From 0 for the least to 1 for the greatest; the middle where they are all the same. */
function scale(values: readonly number[]): (value: number) => number {
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  return (value) => (greatest === least ? 0.5 : (value - least) / (greatest - least));
}

/** The greatest size at which no two tables overlap, as shares of the whole. */
function roomiest(at: readonly At[]): At {
  const apart = pairs(at).map(([one, other]): At => [Math.abs(one[0] - other[0]), Math.abs(one[1] - other[1])]);
  const sizes = [...new Set(apart.map(([across]) => across))]
    .filter((across) => across > 0)
    .map((across): At => [shareOf(across, WIDTH_SHARE_MAX), shareOf(downFor(apart, across), HEIGHT_SHARE_MAX)]);
  const alone: At = [WIDTH_SHARE_MAX, shareOf(downFor(apart, Infinity), HEIGHT_SHARE_MAX)];
  return [...sizes, alone].reduce((best, size) => (fairness(size) > fairness(best) ? size : best));
}

/** Area alone would love long thin strips. */
function fairness([width, height]: At): number {
  return Math.min(width / WIDTH_SHARE_MAX, height / HEIGHT_SHARE_MAX) + width * height;
}

/** How far apart the nearest are, from top to bottom, of those that are less than so far apart from left to right. */
function downFor(apart: readonly At[], across: number): number {
  return apart.reduce((least, [x, y]) => (x < across - 1e-9 ? Math.min(least, y) : least), Infinity);
}

/** A size is taken off the room that the middles have: at distance d of the rest, s = d · (1 − s). */
function shareOf(distance: number, max: number): number {
  return Math.min(max, distance === Infinity ? max : distance / (1 + distance));
}

function pairs<T>(all: readonly T[]): readonly (readonly [T, T])[] {
  return all.flatMap((one, number) => all.slice(number + 1).map((other): readonly [T, T] => [one, other]));
}
