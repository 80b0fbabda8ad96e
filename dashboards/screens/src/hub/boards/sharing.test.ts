/** What is not changed stays the same object, and nothing is ever changed in place. */

import { expect, test } from "vitest";

import { changed, eachChanged, isSame, kept, without } from "./sharing.ts";

interface Bill {
  readonly name: string;
  readonly seats: number;
  readonly total: { readonly amount: number; readonly currency: string };
}
const BILL: Bill = Object.freeze({ name: "7", seats: 4, total: Object.freeze({ amount: 795, currency: "GBP" }) });

test("a thing of which nothing new is said is the same object", () => {
  expect(changed(BILL, {})).toBe(BILL);
  expect(changed(BILL, { name: "7", total: { amount: 795, currency: "GBP" } })).toBe(BILL);
});

test("a thing of which something new is said keeps its other parts", () => {
  const after = changed(BILL, { seats: 5, total: { amount: 795, currency: "GBP" } });

  expect(after).toStrictEqual({ name: "7", seats: 5, total: { amount: 795, currency: "GBP" } });
  expect(after.total).toBe(BILL.total);
});

test("a list is the same object until one of its things is not", () => {
  const list = Object.freeze([1, 2]);

  expect(eachChanged(list, (one) => one)).toBe(list);
  expect(eachChanged(list, (one) => one * 2)).toEqual([2, 4]);
  expect(without(list, (one) => one > 2)).toBe(list);
  expect(without(list, (one) => one > 1)).toEqual([1]);
});

test("a list made anew keeps what says the same, wherever it stood", () => {
  const before = [
    { id: "a", quantity: 1 },
    { id: "b", quantity: 2 },
  ];

  const after = kept(
    before,
    [
      { id: "b", quantity: 2 },
      { id: "a", quantity: 3 },
    ],
    (one) => one.id,
  );

  expect(after[0]).toBe(before[1]);
  expect(after[1]).toEqual({ id: "a", quantity: 3 });
});

test.each([
  [{ a: [1, { b: null }] }, { a: [1, { b: null }] }, true],
  [{ a: 1 }, { a: 1, b: undefined }, false],
  [{ a: 1 }, { b: 1 }, false],
  [[], {}, false],
  [[1], [1, 2], false],
  [null, {}, false],
  ["1", 1, false],
])("%j and %j say the same: %j", (one, other, is) => {
  expect(isSame(one, other)).toBe(is);
  expect(isSame(other, one)).toBe(is);
});
