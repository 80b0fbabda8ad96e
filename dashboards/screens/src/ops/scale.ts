/**
 * Where the points of a plot are: moments from left to right, figures from the bottom up, in a box of 120 × 100.
 *
 * Not its business: drawing and labels (`Plot.tsx`).
 */

import { WINDOW_SECONDS } from "./watch.ts";

export const HEIGHT = 100;
/** Pulses come once a second; what is farther apart is not joined. */
const JOINED_MS_MAX = 3_000;

export interface Point {
  readonly atMs: number;
  /** Null: not known then. */
  readonly figure: number | null;
}

const STEPS = [1, 2, 5, 10];

/** The top of an axis: a round number that is not below any of these, nor below what is always shown. */
export function topOf(figures: Iterable<number | null>, atLeast: number): number {
  const highest = Math.max(atLeast, ...[...figures].filter((one) => one !== null));
  const power = 10 ** Math.floor(Math.log10(highest));
  // Half a thousandth of grace, because 0.3 is not three tenths.
  const step = STEPS.find((one) => one * power * 1.0005 >= highest) ?? 10;
  return Number((step * power).toPrecision(6));
}

/** A line through these points as an SVG path, with now at the right. It breaks where nothing is known. */
export function pathOf(points: readonly Point[], nowMs: number, top: number): string {
  let path = "";
  let joinsMs = Number.NEGATIVE_INFINITY;
  for (const { atMs, figure } of points) {
    if (figure === null) {
      joinsMs = Number.NEGATIVE_INFINITY;
      continue;
    }
    const x = WINDOW_SECONDS - (nowMs - atMs) / 1_000;
    const y = HEIGHT - (Math.min(figure, top) / top) * HEIGHT;
    path += `${atMs - joinsMs <= JOINED_MS_MAX ? "L" : "M"}${x.toFixed(2)} ${y.toFixed(1)}`;
    joinsMs = atMs;
  }
  return path;
}
