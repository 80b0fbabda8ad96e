/** The rules of the order in which cards hang. */

import { expect, test } from "vitest";

import { arranged } from "./arranged.ts";

const order = (wanted: string, hung: string): string => arranged([...wanted], (card) => card, [...hung]).join("");

test("cards are in the order in which they hang", () => {
  expect(order("abcd", "acdb")).toBe("acdb");
});

test("a card of which nobody knows yet where it hangs comes last, in its turn among such cards", () => {
  expect(order("xaby", "ba")).toBe("baxy");
});

test("a card that left is in nobody's way", () => {
  expect(order("acd", "abdc")).toBe("adc");
});
