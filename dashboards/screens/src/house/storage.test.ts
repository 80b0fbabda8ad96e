import { afterEach, expect, test, vi } from "vitest";

import { local } from "./storage.ts";

afterEach(() => void vi.unstubAllGlobals());

test("a browser that forbids storage is worked with all the same", () => {
  vi.stubGlobal("localStorage", undefined);
  local.setItem("name", "text");
  expect(local.getItem("name")).toBe("text");
  local.removeItem("name");
  expect(local.getItem("name")).toBeNull();
});

test("what a full storage does not take is remembered by the page, and given up when it takes it again", () => {
  const kept = new Map([["name", "old"]]);
  let isFull = true;
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => {
      if (isFull) throw new DOMException("full", "QuotaExceededError");
      kept.set(name, text);
    },
    removeItem: (name: string) => kept.delete(name),
  });
  local.setItem("name", "new");
  expect(local.getItem("name")).toBe("new");
  isFull = false;
  local.setItem("name", "newer");
  expect([local.getItem("name"), kept.get("name")]).toEqual(["newer", "newer"]);
});
