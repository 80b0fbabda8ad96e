import { expect, test } from "vitest";

import { barsOf, ceilingOf, perMinute, spanAt } from "./pace.ts";

const SPAN = { barMs: 6_000, bars: 5 };

test("a bar tells its pace in entries per minute", () => {
  const bars = barsOf([60_000, 61_000, 65_999, 66_000], 66_500, SPAN);
  expect(bars.at(-2)).toEqual({ fromMs: 60_000, perMinute: 30 });
  expect(bars.at(-1)).toEqual({ fromMs: 66_000, perMinute: 10 });
});

test("bars stand still while time goes on, and one more than fits slides out", () => {
  const before = barsOf([], 65_000, SPAN);
  const after = barsOf([], 67_000, SPAN);
  expect(before).toHaveLength(SPAN.bars + 1);
  expect(after.slice(0, -1)).toEqual(before.slice(1));
});

test("entries from before the plot are not in it", () => {
  expect(barsOf([1_000], 66_000, SPAN).every((one) => one.perMinute === 0)).toBe(true);
});

test("the pace now counts the last minute alone", () => {
  expect(perMinute([1, 60_001, 90_000, 120_000, 120_001], 120_000)).toBe(3);
});

test.each([
  [0, 10],
  [11, 20],
  [45, 50],
  [51, 100],
  [340, 500],
  [1_000, 1_000],
])("a plot whose highest bar is %i reaches up to %i", (most, ceiling) => {
  expect(ceilingOf([{ fromMs: 0, perMinute: most }])).toBe(ceiling);
});

test("a simulated dinner is plotted by seconds, a real one by minutes", () => {
  expect(spanAt(30).barMs * spanAt(30).bars).toBe(2 * 60_000);
  expect(spanAt(1).barMs * spanAt(1).bars).toBe(20 * 60_000);
});
