/** The rules of the bump bar. */

import { expect, test } from "vitest";

import { actOf, keyOf, POSITIONS_MAX } from "./keys.ts";

test("every number on a card is the key that bumps it", () => {
  for (let position = 0; position < POSITIONS_MAX; position += 1) {
    expect(actOf(keyOf(position) ?? "")).toEqual({ act: "bump", position });
  }
});

test("the tenth card is 0, and the eleventh has no key", () => {
  expect(keyOf(9)).toBe("0");
  expect(keyOf(10)).toBeNull();
});

test("a card before the page has no key", () => {
  expect(keyOf(-1)).toBeNull();
});

test.each([
  ["r", "recall"],
  ["R", "recall"],
  ["Backspace", "recall"],
  ["u", "undo"],
  ["?", "help"],
  ["Enter", "main"],
])("%s means %s", (key, act) => {
  expect(actOf(key)).toEqual({ act });
});

test("other keys are somebody else's", () => {
  for (const key of ["a", "Escape", "Tab", " ", "F5", "10"]) expect(actOf(key)).toBeNull();
});
