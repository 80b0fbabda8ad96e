/** The rules of what a device holds of the screens, and what is the network's. */

import { expect, test } from "vitest";

import { cacheOf, isFormer, isOfThisBuild, known, type Shell } from "./shell.ts";

const HUB = "https://hub.example";
const SHELL: Shell = { screens: "0123456789ab", pages: ["/", "/kitchen"], assets: ["/assets/kitchen-1.js"] };

function at(path: string, how: { readonly method?: string; readonly mode?: string } = {}) {
  return known({ method: "GET", mode: "cors", url: HUB + path, ...how }, HUB, SHELL);
}

test("a page is held once, whatever station its address names", () => {
  expect(at("/kitchen?station=grill", { mode: "navigate" })).toEqual({ is: "page", address: "/kitchen" });
  expect(at("/", { mode: "navigate" })).toEqual({ is: "page", address: "/" });
});

test("an asset is held under its name", () => {
  expect(at("/assets/kitchen-1.js")).toEqual({ is: "asset", address: "/assets/kitchen-1.js" });
  expect(at("/assets/kitchen-0.js")).toEqual({ is: "nothing" });
});

test.each(["/api/v2/welcome", "/socket.io/?EIO=4", "/docs", "/track/bGV0", "/worker.js", "/health/ready"])(
  "%s is the network's",
  (path) => {
    expect(at(path)).toEqual({ is: "nothing" });
    expect(at(path, { mode: "navigate" })).toEqual({ is: "nothing" });
  },
);

test("what is sent to a page's address is not a page", () => {
  expect(at("/kitchen", { method: "POST", mode: "navigate" })).toEqual({ is: "nothing" });
  expect(at("/kitchen")).toEqual({ is: "nothing" });
});

test("another house's page is none of ours", () => {
  const theirs = { method: "GET", mode: "navigate", url: "https://elsewhere.example/kitchen" };
  expect(known(theirs, HUB, SHELL)).toEqual({ is: "nothing" });
});

test("a build lets go of the others' files, and of nobody else's", () => {
  expect(isFormer(cacheOf({ screens: "another" }), SHELL)).toBe(true);
  expect(isFormer(cacheOf(SHELL), SHELL)).toBe(false);
  expect(isFormer("somebody else's", SHELL)).toBe(false);
});

test("a page says of which build it is", () => {
  expect(isOfThisBuild(`<meta name="screens" content="0123456789ab" />`, SHELL)).toBe(true);
  expect(isOfThisBuild(`<meta name="screens" content="ba9876543210" />`, SHELL)).toBe(false);
});
