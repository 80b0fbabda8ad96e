import { expect, test } from "vitest";

import type { BusyRoom, LastRefusal } from "../hub/index.ts";
import { busiestOf, placesOf, REFUSALS_MAX, refusalsOf, roomName, ROOMS_MAX } from "./house.ts";
import { pulse } from "./stand-ins.ts";

const STANDS = { seq: 5, head: 9, entriesBehind: 0 };

const room = (name: string, members: number, more: Partial<BusyRoom> = {}): BusyRoom => {
  return { room: name, members, ...STANDS, ...more };
};
const refusal = (second: number, code: string): LastRefusal => {
  return { at: pulse("a", second).at, code, door: "api", asked: "GET /menu" };
};

test("places are summed over hubs, the most first, and every kind of room is there", () => {
  const places = placesOf([pulse("a", 0, { places: { table: 4, ops: 1 } }), pulse("b", 0, { places: { table: 2 } })]);
  expect(places.slice(0, 2)).toEqual([
    { kind: "table", members: 6 },
    { kind: "ops", members: 1 },
  ]);
  expect(places).toHaveLength(9);
});

test("a room over several hubs has the listeners of all, and the number of whoever is farthest", () => {
  const hubs = [
    pulse("a", 0, { busiestRooms: [room("kitchen:r", 3, { seq: 7, head: 9 })] }),
    pulse("b", 0, { busiestRooms: [room("kitchen:r", 2, { seq: 5, head: 8, entriesBehind: 1 })] }),
  ];
  expect(busiestOf(hubs)).toEqual([{ room: "kitchen:r", members: 5, seq: 7, head: 9, entriesBehind: 1 }]);
});

test("a room that lags is told before those with more listeners", () => {
  const rooms = [room("waiters:r", 9), room("table:1", 1, { entriesBehind: 3 }), room("table:2", 4)];
  const busiest = busiestOf([pulse("a", 0, { busiestRooms: rooms })]);
  expect(busiest.map((one) => one.room)).toEqual(["table:1", "waiters:r", "table:2"]);
});

test("not more rooms and refusals are told than can be read", () => {
  const busiestRooms = Array.from({ length: 15 }, (_, place) => room(`table:${place}`, 1));
  const others = Array.from({ length: 15 }, (_, place) => room(`order:${place}`, 1));
  expect(busiestOf([pulse("a", 0, { busiestRooms }), pulse("b", 0, { busiestRooms: others })])).toHaveLength(ROOMS_MAX);
  const lastRefusals = Array.from({ length: 15 }, (_, second) => refusal(second, "not_found"));
  expect(refusalsOf([pulse("a", 0, { lastRefusals }), pulse("b", 0, { lastRefusals })])).toHaveLength(REFUSALS_MAX);
});

test("the refusals of all hubs are told together, the latest first", () => {
  const hubs = [
    pulse("a", 0, { lastRefusals: [refusal(3, "busy"), refusal(1, "not_found")] }),
    pulse("b", 0, { lastRefusals: [refusal(2, "already_served")] }),
  ];
  expect(refusalsOf(hubs).map((one) => one.code)).toEqual(["busy", "already_served", "not_found"]);
  expect(refusalsOf(hubs).map((one) => one.instance)).toEqual(["a", "b", "a"]);
});

test.each([
  ["kitchen:r", { kind: "pass", id: "r" }],
  ["kitchen:r:s", { kind: "station", id: "s" }],
  ["table:t", { kind: "table", id: "t" }],
  ["announcements", { kind: "announcements", id: null }],
  ["announcements:cook", { kind: "announcements", id: "cook" }],
  ["cellar:c", { kind: "other", id: "c" }],
])("the room %s is taken apart", (name, parts) => {
  expect(roomName(name)).toEqual(parts);
});
