/** The rules of where cards hang. */

import { describe, expect, test } from "vitest";

import { hangingOrder, packed, pageOf, pagePx, type Rails, type Size } from "./packing.ts";

const RAILS: Rails = { columns: 3, columnPx: 300, heightPx: 600, gapPx: 10 };
const high = (heightPx: number, span = 1): Size => ({ heightPx, span });
const columns = (...sizes: Size[]): readonly number[] => packed(sizes, RAILS).map((one) => one.column);

test("cards hang one below the other while there is room, and then in the next column", () => {
  expect(packed([high(290), high(300), high(100)], RAILS)).toEqual([
    { column: 0, leftPx: 0, topPx: 0 },
    { column: 0, leftPx: 0, topPx: 300 },
    { column: 1, leftPx: 310, topPx: 0 },
  ]);
});

test("among cards of one column, none hangs before an older one, even where it would fit", () => {
  expect(columns(high(500), high(500), high(50), high(50))).toEqual([0, 1, 1, 2]);
});

test("a card that is added at the end moves no other", () => {
  const before = [high(290), high(500), high(100)];
  expect(packed([...before, high(400)], RAILS).slice(0, 3)).toEqual(packed(before, RAILS));
});

describe("a card over several columns", () => {
  test("it begins a column, and what does not fit before it hangs behind it", () => {
    expect(columns(high(300), high(500, 2), high(400))).toEqual([0, 1, 3]);
  });

  test("it is never torn between two pages", () => {
    expect(columns(high(500), high(500), high(500, 2))).toEqual([0, 1, 3]);
  });

  test("it is as wide as a page at most", () => {
    expect(columns(high(400), high(500, 7), high(500))).toEqual([0, 3, 1]);
    expect(columns(high(500, 7), high(500))).toEqual([0, 3]);
  });

  test("the room before it is the next ones', in their order", () => {
    const spots = packed([high(500), high(300), high(500, 2), high(200), high(500), high(500)], RAILS);
    expect(spots.map(({ column, topPx }) => [column, topPx])).toEqual([
      [0, 0],
      [1, 0],
      [3, 0],
      [1, 310],
      [2, 0],
      [5, 0],
    ]);
  });

  test("no column is empty in sight while a card that fits there is not", () => {
    expect(columns(high(500), high(500, 3), high(500), high(500), high(500))).toEqual([0, 3, 1, 2, 6]);
  });

  test("two of them leave their room one after the other", () => {
    expect(columns(high(500), high(500, 3), high(500, 2), high(500), high(500), high(500))).toEqual([0, 3, 6, 1, 2, 8]);
  });

  test("what does not fit into the room before it closes that room", () => {
    const spots = packed([high(300), high(500, 2), high(400), high(50)], RAILS);
    expect(spots.map(({ column, topPx }) => [column, topPx])).toEqual([
      [0, 0],
      [1, 0],
      [3, 0],
      [3, 410],
    ]);
  });
});

test("the order in which cards hang is that of their columns, and within them from top to bottom", () => {
  const spots = packed([high(500), high(500, 3), high(200), high(200)], RAILS);
  expect(hangingOrder(spots)).toEqual([0, 2, 3, 1]);
});

test("in one column without an end, everything hangs below", () => {
  const rails: Rails = { columns: 1, columnPx: 370, heightPx: Infinity, gapPx: 10 };
  expect(packed([high(400), high(900), high(50)], rails).map((one) => one.topPx)).toEqual([0, 410, 1_320]);
});

test("a column is on the page that its number says", () => {
  expect([0, 2, 3, 7].map((column) => pageOf(column, RAILS))).toEqual([0, 0, 1, 2]);
  expect(pagePx(RAILS)).toBe(930);
});
