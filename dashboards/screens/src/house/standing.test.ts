import { expect, test } from "vitest";

import type { Notice } from "../hub/index.ts";
import { keyOf, standing, STANDS_MS } from "./standing.ts";

const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
const NOTHING: ReadonlySet<string> = new Set();

function said(title: string, minutesAgo: number, type: Notice["type"] = "info"): Notice {
  return { title, message: "Hear.", type, timestamp: new Date(NOON_MS - minutesAgo * 60_000).toISOString() };
}

function titles(notices: readonly Notice[]): readonly string[] {
  return notices.map((one) => one.title);
}

test("the newest stands first, whichever room it was said in", () => {
  const all = [said("older", 30), said("oldest", 60), said("newest", 1, "warning")];
  expect(titles(standing(all, NOTHING, NOON_MS))).toEqual(["newest", "older", "oldest"]);
});

test("what was put away stands no more, and what is said again does", () => {
  const [before, again] = [said("Fire drill", 30), said("Fire drill", 1)];
  expect(standing([before, again], new Set([keyOf(before)]), NOON_MS)).toEqual([again]);
});

test("what was said an evening ago is over", () => {
  const minutes = STANDS_MS / 60_000;
  const all = [said("just", minutes - 1), said("over", minutes)];
  expect(titles(standing(all, NOTHING, NOON_MS))).toEqual(["just"]);
});

test("that food is ready stands elsewhere", () => {
  expect(standing([said("Order 7 is ready", 1, "order_ready")], NOTHING, NOON_MS)).toEqual([]);
});
