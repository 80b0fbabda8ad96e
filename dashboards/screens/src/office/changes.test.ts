import { expect, test } from "vitest";

import type { AuditEntry } from "../hub/index.ts";
import { changesOf, knownBy, spelledOut } from "./changes.ts";

function entry(old: AuditEntry["old"], now: AuditEntry["new"]): AuditEntry {
  const at = "2026-11-22T19:42:00Z";
  const what = { action: "change_item", entity: "item", entityId: "i", address: null, hash: "00" };
  return { seq: 1, at, actor: "user:u", ...what, old, new: now };
}

test("what was and what is stand side by side", () => {
  const [price] = changesOf(entry({ price: 650 }, { price: 700 }));
  expect(price).toEqual({ field: "price", before: 650, after: 700 });
});

test("of what was made, only what is there is said, and no id", () => {
  const made = changesOf(entry(null, { id: "i", name: "Soup", description: null, allergens: [] }));
  expect(made).toEqual([{ field: "name", before: undefined, after: "Soup" }]);
});

test("of a change from something to nothing both are said", () => {
  expect(changesOf(entry({ allergens: ["milk"] }, { allergens: [] }))).toHaveLength(1);
});

test("what is the same on both sides says which one it was, and is no change", () => {
  const soup = { name: "Soup", quantity: 2, modifiers: [], lineId: "l" };
  const voided = entry({ ...soup, status: "fired" }, { ...soup, status: "voided", reason: "Cold" });
  expect(changesOf(voided).map((one) => one.field)).toEqual(["status", "reason"]);
  expect(knownBy(voided).map((one) => one.field)).toEqual(["quantity"]);
});

test("a field that nobody has a word for is spelled out", () => {
  expect(spelledOut("prepSeconds")).toBe("prep seconds");
  expect(spelledOut("void_line")).toBe("void line");
});
