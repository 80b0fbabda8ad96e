/** The rules of a cook's marks. */

import { expect, test } from "vitest";

import { type Marked, marksOf, withMarks, withoutMark } from "./marks.ts";

test("a marked line stays marked until the mark is taken away", () => {
  const marked = withMarks({}, "ticket", ["a", "b"]);
  expect(marksOf(marked, "ticket")).toEqual(["a", "b"]);
  expect(marksOf(withoutMark(marked, "ticket", "a"), "ticket")).toEqual(["b"]);
});

test("marks of other tickets stay the same objects", () => {
  const marked = withMarks(withMarks({}, "one", ["a"]), "other", ["x"]);
  expect(marksOf(withMarks(marked, "one", ["b"]), "other")).toBe(marksOf(marked, "other"));
});

test("marking twice changes nothing", () => {
  const marked = withMarks({}, "ticket", ["a"]);
  expect(withMarks(marked, "ticket", ["a"])).toBe(marked);
});

test("a ticket without marks always has the same none", () => {
  expect(marksOf({}, "one")).toBe(marksOf({}, "other"));
});

test("the marks of tickets long eaten are forgotten, the newest are kept", () => {
  let marked: Marked = {};
  for (let at = 0; at < 700; at += 1) marked = withMarks(marked, `ticket ${at}`, ["a"]);
  expect(marksOf(marked, "ticket 0")).toEqual([]);
  expect(marksOf(marked, "ticket 699")).toEqual(["a"]);
});
