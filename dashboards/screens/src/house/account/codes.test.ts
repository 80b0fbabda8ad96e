import { expect, test } from "vitest";

import { asText, inFours } from "./codes.ts";

test("a secret is read in groups of four, and nothing of it is lost", () => {
  expect(inFours("ABCDEFGHIJ")).toBe("ABCD EFGH IJ");
  expect(inFours("")).toBe("");
});

test("what is copied says what it is for, and has each code on a line", () => {
  expect(asText("Brigade", ["a-1", "b-2"])).toBe("Brigade\na-1\nb-2");
});
