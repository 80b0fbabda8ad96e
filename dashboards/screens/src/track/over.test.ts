import { expect, test } from "vitest";

import { overBy } from "./over.ts";

test.each([
  ["link_over", "left"],
  ["party_left", "left"],
  ["table_removed", "left"],
  ["token_expired", "old"],
  ["token_invalid", "wrong"],
  ["not_found", "wrong"],
])("%s ends the page: %s", (code, over) => {
  expect(overBy({ code, retry: false })).toBe(over);
});

test("what may be tried again ends nothing", () => {
  expect(overBy({ code: "database_unavailable", retry: true })).toBeNull();
});

test("a guest whose rights were read anew stays", () => {
  expect(overBy({ code: "rights_changed", retry: false })).toBeNull();
});
