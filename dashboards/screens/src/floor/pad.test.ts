import { expect, test } from "vitest";

import { group, item } from "./examples.ts";
import {
  amountOf,
  EMPTY_PAD,
  firstCourse,
  jot,
  quantityOf,
  TAPS_OF_A_COMMON_ORDER,
  totalOf,
  wanted,
  withLine,
  withReturned,
} from "./pad.ts";

test("tapping an item again wants one more of it, for the same guest and course", () => {
  const pad = jot(jot(EMPTY_PAD, "ale"), "ale");
  expect(pad.lines).toMatchObject([{ itemId: "ale", quantity: 2 }]);
});

test("for another seat, another course, or done otherwise it is another line", () => {
  const pad = { ...EMPTY_PAD, seat: 1 };
  const once = jot(pad, "steak", { modifiers: ["rare"] });
  const more = [
    { seat: 2, modifiers: ["rare"] },
    { course: 2, modifiers: ["rare"] },
    { modifiers: ["medium"] },
    { note: "no salt", modifiers: ["rare"] },
  ];
  expect(more.map((how) => jot(once, "steak", how).lines.length)).toEqual([2, 2, 2, 2]);
  expect(jot(once, "steak", { modifiers: ["rare"] }).lines.length).toBe(1);
});

test("seat and course stay chosen for the next item", () => {
  const pad = jot(jot({ ...EMPTY_PAD, seat: 3, course: 2 }, "soup"), "ale");
  expect(pad.lines.map((line) => [line.seat, line.course])).toEqual([
    [3, 2],
    [3, 2],
  ]);
});

test("one less than one is crossed out, and its key is not given to another line that is there", () => {
  const pad = jot(jot(EMPTY_PAD, "soup"), "ale");
  const less = withLine(pad, 1, { quantity: 0 });
  expect(less.lines.map((line) => line.itemId)).toEqual(["ale"]);
  expect(new Set(jot(less, "soup").lines.map((line) => line.key)).size).toBe(2);
});

test("a pad comes to what its items and their modifiers cost", () => {
  const steak = item({
    id: "steak",
    price: { amount: 2000, currency: "GBP" },
    modifierGroups: [group(1, 1, "chips", "truffle")],
  });
  const pad = jot(jot(EMPTY_PAD, "steak", { modifiers: ["truffle"], quantity: 2 }), "gone");
  expect(totalOf(pad, new Map([["steak", steak]]))).toBe(4200);
  expect(amountOf({ quantity: 1, modifiers: ["chips"] }, steak)).toBe(2000);
});

test("what is sent names only what was said", () => {
  const pad = jot(jot(EMPTY_PAD, "ale"), "soup", { seat: 2, course: 2, note: " hot ", modifiers: ["rye"] });
  expect(wanted(pad.lines)).toEqual([
    { itemId: "ale", quantity: 1, course: 1 },
    { itemId: "soup", quantity: 1, course: 2, seat: 2, note: "hot", modifiers: ["rye"] },
  ]);
});

test("food that is taken elsewhere has neither seats nor courses", () => {
  const pad = jot(EMPTY_PAD, "soup", { seat: 2, course: 2 });
  expect(wanted(pad.lines, false)).toEqual([{ itemId: "soup", quantity: 1, course: 1 }]);
});

test("the first course on the pad is the one that is fired with it", () => {
  expect(firstCourse(jot(jot(EMPTY_PAD, "tart", { course: 3 }), "soup", { course: 2 }))).toBe(2);
});

test("a refused pad comes back in front of what was jotted down since", () => {
  const sent = jot({ ...EMPTY_PAD, customerName: "Ada" }, "soup", { note: "hot" });
  const since = jot(jot(EMPTY_PAD, "ale"), "soup", { note: "hot" });
  const pad = withReturned(since, sent);
  expect(pad.lines.map((line) => [line.itemId, line.quantity])).toEqual([
    ["soup", 2],
    ["ale", 1],
  ]);
  expect([pad.customerName, quantityOf(pad, "soup")]).toEqual(["Ada", 2]);
});

test("a common order takes six taps", () => {
  expect(Object.values(TAPS_OF_A_COMMON_ORDER).reduce<number>((sum, taps) => sum + taps, 0)).toBe(6);
});
