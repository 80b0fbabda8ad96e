import { expect, test } from "vitest";

import { at, board, pulse, seconds, seen, seenAfter } from "./stand-ins.ts";
import { deafMs, latest, namesOf, presence, type Watch, watched } from "./watch.ts";

const hubOf = (watch: Watch, instance: string) => {
  const hub = watch.hubs.find((one) => one.instance === instance);
  if (hub === undefined) throw new Error(`Hub ${instance} was never seen.`);
  return hub;
};
const presenceOf = (watch: Watch, instance: string, second: number) =>
  presence(watch, hubOf(watch, instance), at(second));
const both = (second: number) => [pulse("a", second), pulse("b", second)];
const alone = (second: number) => [pulse("a", second)];
const without = (second: number) => [pulse("a", second, { redis: { isUp: false, why: "Connection refused" } })];

test("a board that was seen already changes nothing", () => {
  const watch = seen(both(0));
  expect(watched(watch, watch.board, at(1))).toBe(watch);
  expect(watched(watch, null, at(1))).toBe(watch);
});

test("a rate is what the counters gained, for each second on the hub's own clock", () => {
  const watch = seen(...seconds(8, alone));
  expect(latest(hubOf(watch, "a"))).toMatchObject({ recordedPerSecond: 10, deliveredPerSecond: 40, deedsPerSecond: 5 });
  expect(latest(hubOf(watch, "a"))?.coreShare).toBeCloseTo(0.1);
});

test("there is no rate before the second pulse", () => {
  expect(latest(hubOf(seen(alone(0)), "a"))?.recordedPerSecond).toBeNull();
});

test("a rate is a mean of five seconds, so a single one does not make it jump", () => {
  const calm = seconds(8, (second) => [pulse("a", second, { entriesRecorded: 0 })]);
  const watch = seenAfter(seen(...calm), 8, [pulse("a", 8, { entriesRecorded: 10 })]);
  expect(latest(hubOf(watch, "a"))?.recordedPerSecond).toBeCloseTo(2);
});

test("a hub that was silent for long has no rate until it was heard twice again", () => {
  const watch = seenAfter(seen(...seconds(3, alone)), 20, alone(20));
  expect(latest(hubOf(watch, "a"))?.recordedPerSecond).toBeNull();
});

test("two minutes of samples are kept, and not much more", () => {
  const { samples } = hubOf(seen(...seconds(300, alone)), "a");
  expect(samples[0]?.heardAtMs).toBeLessThanOrEqual(at(299 - 120));
  expect(samples.length).toBeLessThanOrEqual(130);
});

test("what a fresh board repeats of a hub is not heard again", () => {
  const watch = seen(both(0));
  const later = watched(watch, board(pulse("a", 5), pulse("b", 0)), at(5));
  expect(hubOf(later, "b").heardAtMs).toBe(at(0));
});

test("a hub whose clock was set back is heard all the same, and begins anew", () => {
  const watch = seenAfter(seen(...seconds(5, both)), 5, [pulse("b", -3_600)]);
  expect(hubOf(watch, "b")).toMatchObject({ heardAtMs: at(5), samples: { length: 1 } });
});

test("a hub is silent after three seconds, and gone after thirty", () => {
  const watch = seenAfter(seen(both(0)), 1, ...seconds(40, (second) => alone(second + 1)));
  const until = (second: number) => seenAfter(seen(both(0)), 1, ...seconds(second, (one) => alone(one + 1)));
  expect(presenceOf(until(2), "b", 2)).toBe("here");
  expect(presenceOf(until(3), "b", 3)).toBe("silent");
  expect(presenceOf(until(29), "b", 29)).toBe("silent");
  expect(presenceOf(watch, "b", 40)).toBe("gone");
  expect(presenceOf(watch, "a", 40)).toBe("here");
});

test("a hub that said that it stops has stopped when it is silent", () => {
  const last = [pulse("a", 0), pulse("b", 0, { isStopping: true })];
  const watch = seenAfter(seen(last), 1, ...seconds(5, (one) => alone(one + 1)));
  expect(presenceOf(watch, "b", 5)).toBe("stopped");
});

test("without Redis the others cannot be seen, which says nothing about them", () => {
  const watch = seenAfter(seen(both(0)), 1, ...seconds(5, (one) => without(one + 1)));
  expect(presenceOf(watch, "b", 5)).toBe("unseen");
});

test("when Redis is back the others have time to be heard before they count as silent", () => {
  const dark = seenAfter(seen(both(0)), 1, ...seconds(9, (one) => without(one + 1)));
  const back = seenAfter(dark, 10, alone(10));
  expect(presenceOf(back, "b", 11)).toBe("here");
  expect(presenceOf(seenAfter(back, 11, alone(11), alone(12), alone(13)), "b", 13)).toBe("silent");
});

test("while the hub that is asked says nothing, nobody's state changes", () => {
  const watch = seen(both(0));
  expect(deafMs(watch, at(2))).toBe(0);
  expect(deafMs(watch, at(60))).toBe(60_000);
  expect(presenceOf(watch, "a", 60)).toBe("here");
  expect(presenceOf(watch, "b", 60)).toBe("here");
});

test("coming back to another hub, the screen goes on with what it knew", () => {
  const watch = seen(...seconds(10, both));
  const back = watched(watch, board(pulse("b", 20)), at(20));
  expect(back.board?.instance).toBe("b");
  expect(hubOf(back, "b").samples).toHaveLength(11);
  expect(presenceOf(back, "a", 21)).toBe("here");
});

test("who was silent before the line broke is silent when it is back, and who was gone is gone", () => {
  const silent = seenAfter(seen(both(0)), 1, ...seconds(10, (one) => alone(one + 1)));
  expect(presenceOf(seenAfter(silent, 16, alone(16)), "b", 16)).toBe("silent");
  const gone = seenAfter(seen(both(0)), 1, ...seconds(40, (one) => alone(one + 1)));
  expect(presenceOf(seenAfter(gone, 60, alone(60)), "b", 60)).toBe("gone");
});

test("when the line is back, who spoke until it broke has time to speak again", () => {
  const back = seenAfter(seen(...seconds(10, both)), 20, alone(20), alone(21));
  expect(presenceOf(back, "b", 21)).toBe("here");
  expect(presenceOf(seenAfter(back, 22, alone(22), alone(23)), "b", 23)).toBe("silent");
});

test("a hub keeps its line's look, and a newcomer takes that of one that is gone", () => {
  const watch = seenAfter(seen(both(0)), 1, ...seconds(40, (one) => alone(one + 1)));
  const joined = seenAfter(watch, 41, [pulse("a", 41), pulse("c", 41)]);
  expect(joined.hubs.map(({ instance, slot }) => [instance, slot])).toEqual([
    ["a", 0],
    ["b", 1],
    ["c", 1],
  ]);
});

test("a hub that has been gone for ten minutes is forgotten, and its last pulse does not bring it back", () => {
  const watch = seenAfter(seen(both(0)), 601, alone(601), alone(602));
  expect(watch.board?.hubs.map((one) => one.instance)).toContain("b");
  expect(watch.hubs.map((one) => one.instance)).toEqual(["a"]);
});

test("hubs are called by the end of their ids, as long as it takes to tell them apart", () => {
  expect([...namesOf(["0198-1111-3f2a", "0198-1111-77bc"]).values()]).toEqual(["3f2a", "77bc"]);
  expect([...namesOf(["0198-x3f2a", "0198-y3f2a"]).values()]).toEqual(["x3f2a", "y3f2a"]);
});
