import { expect, test } from "vitest";

import { freshness, isStale, LIVE_MS_MAX, STALE_MS_MIN } from "./freshness.ts";

const at = (nowMs: number, isConnected = true) => freshness({ isConnected, provenAtMs: 0, nowMs });

test("a room without a board is opening, connected or not", () => {
  expect(freshness({ isConnected: true, provenAtMs: null, nowMs: 9 })).toEqual({ state: "opening" });
  expect(freshness({ isConnected: false, provenAtMs: null, nowMs: 9 })).toEqual({ state: "opening" });
});

test("whoever has waited long for a first board is told so", () => {
  expect(freshness({ isConnected: false, provenAtMs: null, nowMs: 9, isLate: true })).toEqual({ state: "unanswered" });
  expect(freshness({ isConnected: true, provenAtMs: 9, nowMs: 9, isLate: true })).toEqual({ state: "live" });
});

test("a room is live between two beats, and behind when one is missed", () => {
  expect(at(LIVE_MS_MAX)).toEqual({ state: "live" });
  expect(at(LIVE_MS_MAX + 1_000)).toEqual({ state: "behind", seconds: 9, isStale: false });
});

test("a connection alone proves nothing: what was not proven for long is stale", () => {
  expect(at(STALE_MS_MIN)).toEqual({ state: "behind", seconds: 15, isStale: true });
});

test("whoever is offline is told since when the board was last known to be whole", () => {
  expect(at(2_000, false)).toEqual({ state: "offline", sinceMs: 0, isStale: false });
  expect(isStale(at(STALE_MS_MIN, false))).toBe(true);
});

test("a second hand that lags behind a proof is not in the future", () => {
  expect(at(-1_500)).toEqual({ state: "live" });
});

test("what was proven on a clock that has been set back since is stale until it is proven again", () => {
  expect(isStale(at(-3_600_000))).toBe(true);
  expect(isStale(at(-3_600_000, false))).toBe(true);
});
