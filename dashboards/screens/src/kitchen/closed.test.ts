/** The rules of a room that is not shown any more. */

import { expect, test } from "vitest";

import { isStale, Refusal } from "../hub/index.ts";
import { freshnessOf } from "./closed.ts";

const REFUSAL = new Refusal({ code: "not_your_job", message: "Ask somebody else.", retry: false });

test("a room that is not refused is as old as it is", () => {
  expect(freshnessOf({ refusal: null, provenAtMs: 0 }, { state: "live" }, 1_000)).toEqual({ state: "live" });
});

test("a refused room is stale at once, and never live", () => {
  const shown = freshnessOf({ refusal: REFUSAL, provenAtMs: 0 }, { state: "live" }, 3_000);
  expect(shown).toEqual({ state: "behind", seconds: 3, isStale: true });
  expect(isStale(shown)).toBe(true);
});

test("a refused room without a line says since when it has none", () => {
  const offline = { state: "offline", sinceMs: 0, isStale: false } as const;
  expect(freshnessOf({ refusal: REFUSAL, provenAtMs: 0 }, offline, 3_000)).toEqual({ ...offline, isStale: true });
});

test("a room that never had a board has nothing that could be old", () => {
  expect(freshnessOf({ refusal: REFUSAL, provenAtMs: null }, { state: "opening" }, 0)).toEqual({ state: "opening" });
});
