/** The rules of when a kitchen is told that it hears nothing. */

import { expect, test } from "vitest";

import { isSilent } from "./sound.ts";

test.each(["suspended", "interrupted", "closed"] as const)("nothing is heard while the sound is %s", (state) => {
  expect(isSilent(state)).toBe(true);
});

test("it is heard while it runs", () => {
  expect(isSilent("running")).toBe(false);
});
