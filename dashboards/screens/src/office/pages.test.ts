import { expect, test } from "vitest";

import { pageOf, pagesFor } from "./pages.ts";

test("a manager has no audit to look at, and an owner has", () => {
  expect(pagesFor(["manager"])).toEqual(["people", "keys", "tablets", "account"]);
  expect(pagesFor(["owner"])).toEqual(["people", "keys", "tablets", "audit", "account"]);
});

test("the address says which page lies open", () => {
  expect(pageOf("?page=keys", pagesFor(["owner"]))).toBe("keys");
});

test("a page that is not theirs, or is none, is not opened for anybody", () => {
  expect(pageOf("?page=audit", pagesFor(["manager"]))).toBe("people");
  expect(pageOf("?page=cellar", pagesFor(["owner"]))).toBe("people");
  expect(pageOf("", pagesFor(["cook"]))).toBe("account");
});
