import { expect, test } from "vitest";

import { ANY, queryOf } from "./wanted.ts";

test("whoever looks for nothing in particular asks for a page", () => {
  expect(queryOf(ANY, null)).toBe("limit=20");
});

test("a day is looked through to its end", () => {
  const query = new URLSearchParams(queryOf({ ...ANY, from: "2026-02-28", to: "2026-02-28" }, null));
  const lasts = Date.parse(query.get("until") ?? "") - Date.parse(query.get("since") ?? "");
  expect(lasts).toBe(24 * 60 * 60 * 1_000);
});

test("the next page is of the same that was looked for", () => {
  const query = new URLSearchParams(queryOf({ ...ANY, actor: "user:u", action: "give_role" }, "41"));
  expect(Object.fromEntries(query)).toEqual({ limit: "20", actor: "user:u", action: "give_role", cursor: "41" });
});
