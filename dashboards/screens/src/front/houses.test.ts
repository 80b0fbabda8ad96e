import { expect, test } from "vitest";

import { watchable } from "./houses.ts";

test("a cook watches the kitchen alone, a waiter the floor alone, a manager both", () => {
  expect(watchable({ roles: { a: ["cook"], b: ["waiter"], c: ["manager"] } })).toEqual([
    { restaurantId: "a", seesFloor: false, seesKitchen: true },
    { restaurantId: "b", seesFloor: true, seesKitchen: false },
    { restaurantId: "c", seesFloor: true, seesKitchen: true },
  ]);
});

test("where somebody has no job there is nothing to watch", () => {
  expect(watchable({ roles: { a: [], b: ["guest"] } })).toEqual([]);
});

test("several restaurants come in the same order every time", () => {
  expect(watchable({ roles: { z: ["owner"], a: ["owner"] } }).map((one) => one.restaurantId)).toEqual(["a", "z"]);
});
