import { expect, test } from "vitest";

import { pathOf, topOf } from "./scale.ts";

test.each([
  [[0, 1, 3], 2, 5],
  [[7], 2, 10],
  [[12, null], 2, 20],
  [[0.3], 0.1, 0.5],
  [[0.2], 0.1, 0.2],
  [[1_001], 1, 2_000],
  [[], 100, 100],
])("the axis over %j reaches a round number, and at least %d", (figures, atLeast, top) => {
  expect(topOf(figures, atLeast)).toBe(top);
});

test("now is at the right, two minutes ago at the left, and nothing at the bottom", () => {
  const points = [
    { atMs: 0, figure: 0 },
    { atMs: 1_000, figure: 10 },
    { atMs: 2_000, figure: 5 },
  ];
  expect(pathOf(points.slice(0, 1), 120_000, 10)).toBe("M0.00 100.0");
  expect(pathOf(points, 2_000, 10)).toBe("M118.00 100.0L119.00 0.0L120.00 50.0");
});

test("a line breaks where nothing is known, and where nothing was heard", () => {
  const known = { atMs: 0, figure: 1 };
  const unknown = { atMs: 1_000, figure: null };
  expect(pathOf([known, unknown, { ...known, atMs: 2_000 }], 2_000, 1)).toBe("M118.00 0.0M120.00 0.0");
  expect(pathOf([known, { ...known, atMs: 4_000 }], 4_000, 1)).toBe("M116.00 0.0M120.00 0.0");
});
