import { expect, test } from "vitest";

import { levelOf, median, worst } from "./norms.ts";

test("a figure is abnormal from its limit on", () => {
  expect([2.99, 3, 9.99, 10].map((one) => levelOf("behindSeconds", one))).toEqual(["good", "warn", "warn", "bad"]);
});

test("what is not known is not held against anybody", () => {
  expect([levelOf("memoryBytes", null), levelOf("coreShare", undefined)]).toEqual(["good", "good"]);
});

test("the worst of several is told, and all is well where there is nothing", () => {
  expect([worst(["warn", "bad", "good"]), worst(["good", "warn"]), worst([])]).toEqual(["bad", "warn", "good"]);
});

test("the median is not moved by one that jumps", () => {
  expect([median([1, 900, 2, 1, 2]), median([])]).toEqual([2, null]);
});
