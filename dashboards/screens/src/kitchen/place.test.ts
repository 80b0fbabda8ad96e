/** The rules of where a screen hangs. */

import { expect, test } from "vitest";

import { placeOf, searchOf } from "./place.ts";

test("the address says which station it is", () => {
  expect(placeOf("?station=grill", null, ["ladle"])).toEqual({ restaurantId: "ladle", stationId: "grill" });
});

test("the address says that it is the pass", () => {
  expect(placeOf("?pass", { restaurantId: "ladle", stationId: "grill" }, ["ladle"])).toEqual({
    restaurantId: "ladle",
    stationId: null,
  });
});

test("an address that says nothing is the place that the device remembers", () => {
  const place = { restaurantId: "ladle", stationId: "grill" };
  expect(placeOf("", place, ["ladle"])).toBe(place);
  expect(placeOf("", null, ["ladle"])).toBeNull();
});

test("a place in a restaurant where one has no job is forgotten", () => {
  expect(placeOf("", { restaurantId: "elsewhere", stationId: "grill" }, ["ladle"])).toBeNull();
  expect(placeOf("?pass&restaurant=elsewhere", null, ["ladle"])).toEqual({ restaurantId: "ladle", stationId: null });
});

test("without any job there is no place", () => {
  expect(placeOf("?pass", null, [])).toBeNull();
});

test.each([["grill"], [null]])("an address leads back to its place, at station %s", (stationId) => {
  const place = { restaurantId: "spoon", stationId };
  expect(placeOf(searchOf(place, ["ladle", "spoon"]), null, ["ladle", "spoon"])).toEqual(place);
});

test("one restaurant need not be named", () => {
  expect(searchOf({ restaurantId: "ladle", stationId: null }, ["ladle"])).toBe("?pass");
});
