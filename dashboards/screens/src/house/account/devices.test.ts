import { expect, test } from "vitest";

import { placeOf } from "./devices.ts";

test("a device is called as its owner would", () => {
  expect(placeOf("office, X11")).toEqual({ screen: "office", system: "Linux" });
  expect(placeOf("floor, Linux")).toEqual({ screen: "floor", system: "Android" });
  expect(placeOf("front, Windows NT 10.0")).toEqual({ screen: "front", system: "Windows" });
  expect(placeOf("kitchen, iPad")).toEqual({ screen: "kitchen", system: "iPad" });
  expect(placeOf("ops")).toEqual({ screen: "ops", system: null });
});

test("what somebody has named themselves stays as it is", () => {
  expect(placeOf("Grill")).toBeNull();
  expect(placeOf("till, X11")).toBeNull();
});
