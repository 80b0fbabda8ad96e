/** The rules of what is in sight. */

import { expect, test } from "vitest";

import { type Box, sightOf } from "./sight.ts";

const RAIL: Box = { left: 0, right: 1_000, top: 100, bottom: 700 };
const box = (left: number, top = 110, height = 200): Box => ({ left, right: left + 300, top, bottom: top + height });

test("what fits is in sight", () => {
  expect(sightOf([box(10), box(340), box(670)], RAIL)).toEqual({ before: 0, after: 0, first: 0 });
});

test("columns further along are out of sight, and counted", () => {
  expect(sightOf([box(10), box(1_010), box(1_340)], RAIL)).toEqual({ before: 0, after: 2, first: 0 });
});

test("on the second page, the first ones are before, and numbers begin anew", () => {
  expect(sightOf([box(-990), box(-660), box(10)], RAIL)).toEqual({ before: 2, after: 0, first: 2 });
});

test("in one column, a card counts as seen as soon as its head is", () => {
  const tall = box(10, 500, 900);
  expect(sightOf([box(10, 110, 380), tall], RAIL)).toMatchObject({ after: 0 });
  expect(sightOf([box(10, 110, 530), box(10, 650)], RAIL)).toMatchObject({ after: 1 });
});

test("in one column, a card whose head was scrolled away is before", () => {
  expect(sightOf([box(10, -300, 390), box(10, 110)], RAIL)).toEqual({ before: 1, after: 0, first: 1 });
});

test("nothing hides where nothing hangs", () => {
  expect(sightOf([], RAIL)).toEqual({ before: 0, after: 0, first: 0 });
});
