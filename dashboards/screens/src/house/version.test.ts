import { beforeEach, expect, test, vi } from "vitest";

let version: typeof import("./version.ts");
/** What stands in the page. */
const page: { screens: string | undefined } = { screens: undefined };
const kept = new Map<string, string>();

beforeEach(async () => {
  kept.clear();
  vi.stubGlobal("sessionStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => kept.delete(name),
  });
  page.screens = undefined;
  vi.stubGlobal("document", {
    querySelector: () => (page.screens === undefined ? null : { content: page.screens }),
  });
  vi.stubGlobal("location", { reload: () => undefined });
  vi.resetModules();
  version = await import("./version.ts");
});

test("a page that was held on the device is as old as it says, whatever the hub tells first", () => {
  page.screens = "a";
  expect(version.isNewer("b")).toBe(true);
  expect(version.isNewer("a")).toBe(false);
});

test("a page of which nothing is written is of the screens that were told first, whoever signs in later", () => {
  page.screens = "";
  expect(version.isNewer(null)).toBe(false);
  expect(version.isNewer("a")).toBe(false);
  expect(version.isNewer("b")).toBe(true);
  expect(version.isNewer("a")).toBe(false);
});

test("a page does not reload again and again, and does so in the end", () => {
  expect(version.mayReload(Date.now())).toBe(true);
  version.reload();
  expect(version.mayReload(Date.now())).toBe(false);
  expect(version.mayReload(Date.now() + version.RELOAD_AGAIN_MS_MIN)).toBe(true);
});

test("a clock that was set back does not keep a page old", () => {
  version.reload();
  expect(version.mayReload(Date.now() - 3_600_000)).toBe(true);
});
