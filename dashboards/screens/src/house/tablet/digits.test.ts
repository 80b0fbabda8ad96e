import { expect, test } from "vitest";

import { PIN_LENGTH_MAX, PIN_LENGTH_MIN } from "../../hub/index.ts";
import { after, isDue, isWhole, keyOf, type PadKey } from "./digits.ts";

const tapped = (...keys: readonly PadKey[]): string => keys.reduce(after, "");

test("digits are tapped one after the other, and erased from the end", () => {
  expect(tapped("2", "7", "3", "9")).toBe("2739");
  expect(tapped("2", "7", "erase", "0")).toBe("20");
  expect(tapped("erase", "enter", "leave")).toBe("");
});

test("no more digits are taken than a PIN can have", () => {
  expect(tapped(...Array<PadKey>(PIN_LENGTH_MAX + 3).fill("4"))).toHaveLength(PIN_LENGTH_MAX);
});

test("a keyboard does the same, and keeps its other keys", () => {
  expect(["0", "9", "Backspace", "Enter", "Escape"].map(keyOf)).toEqual(["0", "9", "erase", "enter", "leave"]);
  expect(["a", "Tab", "F5", "10", "٣"].map(keyOf)).toEqual([null, null, null, null, null]);
});

test("what is too short is no PIN, and a PIN whose length is known is whole with its last digit", () => {
  expect(isWhole("4".repeat(PIN_LENGTH_MIN - 1))).toBe(false);
  expect(isWhole("4".repeat(PIN_LENGTH_MIN))).toBe(true);
  expect(isDue("2739", null)).toBe(false);
  expect(isDue("273", 4)).toBe(false);
  expect(isDue("2739", 4)).toBe(true);
});
