import { afterEach, expect, test } from "vitest";

import { ACCOUNTS_MAX, deviceTokenFor, keepDeviceToken } from "./known.ts";
import { local } from "./storage.ts";

afterEach(() => local.removeItem("brigade.known"));

test("a device is known to each account that was signed in to, however its address is written", () => {
  keepDeviceToken("Ann@Example.test", "ann's");
  keepDeviceToken("ben@example.test", "ben's");
  keepDeviceToken(" ann@example.test ", "ann's next");
  expect(deviceTokenFor("ann@example.test")).toBe("ann's next");
  expect(deviceTokenFor("BEN@example.test")).toBe("ben's");
  expect(deviceTokenFor("nobody@example.test")).toBeUndefined();
});

test("of too many accounts those are given up that were signed in to longest ago", () => {
  for (let n = 0; n < ACCOUNTS_MAX; n += 1) keepDeviceToken(`${n}@example.test`, String(n));
  keepDeviceToken("0@example.test", "again");
  keepDeviceToken("new@example.test", "new");
  expect(deviceTokenFor("0@example.test")).toBe("again");
  expect(deviceTokenFor("1@example.test")).toBeUndefined();
  expect(deviceTokenFor("2@example.test")).toBe("2");
});

test.each(["", "no json", "7", "null", "[[]]"])("what is kept as %j by somebody else is nothing", (text) => {
  local.setItem("brigade.known", text);
  expect(deviceTokenFor("ann@example.test")).toBeUndefined();
});
