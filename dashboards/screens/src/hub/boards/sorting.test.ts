/** Boards are listed here as the hub lists them. */

import { describe, expect, test } from "vitest";

import { compareText, sorted, sortedByName } from "./sorting.ts";

describe("text is in the hub's order, whatever the device speaks", () => {
  test.each([
    ["Soup", "Steak"],
    ["Steak", "soup"],
    ["Sou", "Soup"],
    ["Zander", "Äpfel"],
    ["", "a"],
    // The second is further up among all characters, though its halves are not.
    ["\ufb00", "\u{1f9aa}"],
    ["\u{1f980}", "\u{1f9aa}"],
  ])("%j comes before %j", (one, other) => {
    expect(compareText(one, other)).toBeLessThan(0);
    expect(compareText(other, one)).toBeGreaterThan(0);
    expect(compareText(one, one)).toBe(0);
  });
});

test("what is the same by the first thing told is listed by the next", () => {
  const listed = sorted(
    [
      ["b", "1"],
      ["a", "2"],
      ["a", "1"],
    ] as const,
    ([one]) => one,
    ([, other]) => other,
  );

  expect(listed.map((one) => one.join(""))).toEqual(["a1", "a2", "b1"]);
});

test("a list that is put in order is not changed itself", () => {
  const list = Object.freeze(["b", "a"]);

  expect(sorted(list, (one) => one)).toEqual(["a", "b"]);
});

test("a record's names are in order", () => {
  expect(Object.keys(sortedByName({ b: 1, a: 2 }))).toEqual(["a", "b"]);
});
