import { expect, test } from "vitest";

import { rolesIn, screensFor } from "./screens.ts";

test("whoever works somewhere finds the screens of their job, and nobody else any", () => {
  expect(screensFor({})).toEqual([]);
  expect(screensFor({ ladle: ["cook"] })).toEqual(["kitchen"]);
  expect(screensFor({ ladle: ["cook"], spoon: ["waiter"] })).toEqual(["kitchen", "floor"]);
  expect(screensFor({ ladle: ["owner"] })).toEqual(["kitchen", "floor", "office"]);
});

test("what somebody is in two restaurants is said once", () => {
  expect(rolesIn({ ladle: ["cook", "expo"], spoon: ["cook"] })).toEqual(["cook", "expo"]);
});
