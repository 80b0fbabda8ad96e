import { expect, test } from "vitest";

import type { HubPulse } from "../hub/index.ts";
import { at, pulse, seconds, seen, seenAfter } from "./stand-ins.ts";
import { databaseOf, highest, redisOf, summed, type Trouble, verdict } from "./verdict.ts";
import { NOTHING_SEEN, type Watch } from "./watch.ts";

const SECONDS = 10;
const NOW_MS = at(SECONDS - 1);
const DOWN = { isUp: false, why: "Connection refused" };
const MUTE = { isAnswering: false, secondsSinceAnswer: 12, poolSize: 2, poolSizeMax: 16, poolInUse: 2 };

const FULL = { ...MUTE, isAnswering: true, poolInUse: 16 };

/** Ten seconds of one hub of which this is to be said as well. */
function house(more: Partial<HubPulse> | ((second: number) => Partial<HubPulse>)): Watch {
  return seen(...seconds(SECONDS, (one) => [pulse("a", one, typeof more === "function" ? more(one) : more)]));
}

/** Ten seconds of two hubs, of which this is to be said as well. */
function twoHubs(first: Partial<HubPulse>, second: Partial<HubPulse>): Watch {
  return seen(...seconds(SECONDS, (one) => [pulse("a", one, first), pulse("b", one, second)]));
}

const kinds = (troubles: readonly Trouble[]) => troubles.map((one) => one.kind);
const told = (watch: Watch, nowMs = NOW_MS) => verdict(watch, true, nowMs);

test("all is well when nothing is wrong, with the hubs and their sockets counted", () => {
  expect(told(twoHubs({}, { sockets: 5 }))).toEqual({ level: "good", troubles: [], hubs: 2, sockets: 12 });
});

test.each<[string, Partial<HubPulse> | ((second: number) => Partial<HubPulse>), Partial<Trouble>]>([
  ["a hub that is behind a little", { behindSeconds: 3.2 }, { kind: "behind", level: "warn", figure: 3 }],
  ["a hub that is far behind", { behindSeconds: 12 }, { kind: "behind", level: "bad", figure: 12 }],
  ["a hub that lacks many entries", { entriesBehind: 1_000 }, { kind: "lacking", level: "bad", figure: 1_000 }],
  ["a hub that cannot be trusted", { isHealthy: false }, { kind: "unhealthy", level: "bad" }],
  ["a hub that stops", { isStopping: true, isHealthy: false }, { kind: "stopping", level: "warn" }],
  ["a hub without Redis", { redis: DOWN }, { kind: "no_redis", level: "warn" }],
  ["a held up event loop", { eventLoopLagSeconds: 0.15 }, { kind: "lagging", level: "warn", figure: 150 }],
  ["a stuck event loop", { eventLoopLagSeconds: 1.5 }, { kind: "lagging", level: "bad", figure: 1_500 }],
  ["a full core", (one) => ({ cpuSeconds: 0.9 * one }), { kind: "busy", level: "warn", figure: 90 }],
  ["all connections in use", { database: FULL }, { kind: "crowded", level: "warn", figure: 16 }],
  ["much memory", { memoryBytes: 600 * 1024 * 1024 }, { kind: "fat", level: "warn", figure: 600 }],
  ["many refusals", (one) => ({ refusals: 8 * one }), { kind: "refusing", level: "warn", figure: 8 }],
])("%s is told", (_, more, trouble) => {
  const { level, troubles } = told(house(more));
  expect(troubles).toMatchObject([{ hubs: ["a"], ...trouble }]);
  expect(level).toBe(troubles[0]?.level);
});

test("of a hub without its database only that is told, not what comes of it", () => {
  const watch = house((one) => ({ database: MUTE, isHealthy: false, behindSeconds: 12, refusals: 8 * one }));
  expect(told(watch).troubles).toEqual([{ kind: "no_database", level: "bad", hubs: ["a"], figure: 12 }]);
});

test("what several hubs have is told once, with the worst figure", () => {
  const watch = twoHubs({ behindSeconds: 11 }, { behindSeconds: 14 });
  expect(told(watch).troubles).toEqual([{ kind: "behind", level: "bad", hubs: ["a", "b"], figure: 14 }]);
});

test("what is wrong comes before what is to be watched", () => {
  expect(kinds(told(twoHubs({ redis: DOWN }, { behindSeconds: 14 })).troubles)).toEqual(["behind", "no_redis"]);
});

test("a single hiccup of the event loop is no trouble", () => {
  const watch = house((one) => ({ eventLoopLagSeconds: one === SECONDS - 1 ? 0.8 : 0.001 }));
  expect(told(watch).level).toBe("good");
  expect(told(seen([pulse("a", 0, { eventLoopLagSeconds: 0.8 })]), at(0)).level).toBe("good");
});

test("a silent hub is trouble, and its sockets do not count", () => {
  const watch = seenAfter(seen([pulse("a", 0), pulse("b", 0)]), 1, ...seconds(5, (one) => [pulse("a", one + 1)]));
  const silent = { kind: "silent", hubs: ["b"], figure: 5 };
  expect(told(watch, at(5))).toMatchObject({ level: "bad", hubs: 1, sockets: 7, troubles: [silent] });
});

test("a hub that stopped as it said, and one that is gone, are no trouble", () => {
  const last = [pulse("a", 0), pulse("b", 0, { isStopping: true })];
  const stopped = seenAfter(seen(last), 1, ...seconds(5, (one) => [pulse("a", one + 1)]));
  expect(told(stopped, at(5)).level).toBe("good");
  const longAgo = seenAfter(seen([pulse("a", 0), pulse("b", 0)]), 1, ...seconds(40, (one) => [pulse("a", one + 1)]));
  expect(told(longAgo, at(40)).level).toBe("good");
});

test("hubs of several versions are told of", () => {
  const mixed = { kind: "mixed", level: "warn", hubs: [], figure: 2 };
  expect(told(twoHubs({}, { version: "1.1.0" })).troubles).toEqual([mixed]);
});

test("a screen that hears nothing says that, and vouches for nothing else", () => {
  const watch = house({ behindSeconds: 14 });
  expect(kinds(verdict(watch, true, NOW_MS + 5_000).troubles)).toEqual(["deaf"]);
  expect(kinds(verdict(watch, false, NOW_MS + 5_000).troubles)).toEqual(["cut_off"]);
});

test("a screen that has just come back is cut off until it hears something", () => {
  expect(kinds(verdict(house({}), true, NOW_MS + 60_000).troubles)).toEqual(["cut_off"]);
});

test("before anything was heard nothing is claimed to be wrong", () => {
  expect(verdict(NOTHING_SEEN, true, NOW_MS).troubles).toEqual([]);
});

test("Redis and the database are judged over all hubs", () => {
  const { hubs } = seen([pulse("a", 0), pulse("b", 0, { redis: DOWN, database: MUTE })]);
  expect(redisOf(hubs)).toEqual({ level: "warn", why: "Connection refused" });
  expect(databaseOf(hubs)).toEqual({ level: "bad" });
  expect([redisOf(hubs.slice(0, 1)).level, databaseOf(hubs.slice(0, 1)).level]).toEqual(["good", "good"]);
});

test("figures over hubs leave out what is not known, and are unknown where nothing is", () => {
  const { hubs } = seen([pulse("a", 0, { memoryBytes: null, sockets: 2 }), pulse("b", 0, { memoryBytes: 50 })]);
  expect([summed(hubs, "sockets"), highest(hubs, "sockets")]).toEqual([9, 7]);
  expect(summed(hubs, "memoryBytes")).toBe(50);
  expect(summed(hubs, "recordedPerSecond")).toBeNull();
});
