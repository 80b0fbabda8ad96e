/** The rules of what is pressed on purpose. */

import { expect, test } from "vitest";

import { Meanings, SETTLED_MS_MIN } from "./settled.ts";

function meanings(...first: string[]): Meanings {
  const made = new Meanings();
  made.are(first, 0);
  return made;
}

test("what came to a place where nothing was can be meant at once", () => {
  const bar = meanings("a");
  expect(bar.isMeant(0, "a", 0)).toBe(true);
  bar.are(["a", "b"], 10);
  expect(bar.isMeant(1, "b", 10)).toBe(true);
});

test("a key pressed twice does not mean the card that took the place of the first", () => {
  const bar = meanings("a", "b", "c");
  bar.are(["b", "c"], 1_000);
  expect(bar.isMeant(0, "b", 1_130)).toBe(false);
  expect(bar.isMeant(1, "c", 1_130)).toBe(false);
  expect(bar.isMeant(0, "b", 1_000 + SETTLED_MS_MIN)).toBe(true);
});

test("the key of a card that did not move means it, however much the others moved", () => {
  const bar = meanings("a", "b", "c");
  bar.are(["a", "c"], 1_000);
  expect(bar.isMeant(0, "a", 1_001)).toBe(true);
});

test("a key whose card would do something else now was not pressed for that", () => {
  const bar = meanings("a/bump");
  bar.are(["a/serve"], 1_000);
  expect(bar.isMeant(0, "a/serve", 1_130)).toBe(false);
});

test("what comes to a place that something left a moment ago waits like what slid there", () => {
  const bar = meanings("a");
  bar.are([], 1_000);
  bar.are(["b"], 1_100);
  expect(bar.isMeant(0, "b", 1_130)).toBe(false);
  const quiet = meanings("a");
  quiet.are([], 1_000);
  quiet.are(["b"], 1_000 + SETTLED_MS_MIN);
  expect(quiet.isMeant(0, "b", 1_000 + SETTLED_MS_MIN)).toBe(true);
});

test("telling the same again settles nothing anew", () => {
  const bar = meanings("a", "b");
  bar.are(["b"], 1_000);
  bar.are(["b"], 1_300);
  expect(bar.isMeant(0, "b", 1_000 + SETTLED_MS_MIN)).toBe(true);
});

test("a key without a card means nothing", () => {
  expect(meanings("a").isMeant(1, "b", 1_000)).toBe(false);
});
