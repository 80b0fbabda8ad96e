import { expect, test } from "vitest";

import { linesOf, wrongWithLines } from "./addresses.ts";

test("an address has the lines that say something", () => {
  expect(linesOf(" 1 High Street \n\n London\n")).toEqual(["1 High Street", "London"]);
  expect(linesOf(" \n")).toEqual([]);
});

test("what the hub would not take of an address is said before it is sent", () => {
  expect(wrongWithLines(["1 High Street"])).toBeNull();
  expect(wrongWithLines([])).toBe("noLine");
  expect(wrongWithLines(Array.from({ length: 8 }, () => "a"))).toBe("tooManyLines");
  expect(wrongWithLines(["a".repeat(121)])).toBe("longLine");
});
