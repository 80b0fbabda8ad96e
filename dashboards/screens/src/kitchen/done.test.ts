/** The rules of what was done and is not shown yet. */

import { expect, test } from "vitest";

import { Done } from "./done.ts";
import { aCard } from "./testing.ts";

test("what was done is done for as long as the board shows the same card", () => {
  const [done, card] = [new Done(), aCard()];
  expect(done.has("bump_ticket", card)).toBe(false);
  done.add("bump_ticket", card);
  expect(done.has("bump_ticket", card)).toBe(true);
});

test("it can be done again as soon as the card became another", () => {
  const [done, card] = [new Done(), aCard()];
  done.add("bump_ticket", card);
  expect(done.has("bump_ticket", { ...card, status: "started" })).toBe(false);
});

test("one thing being done hinders no other", () => {
  const [done, card] = [new Done(), aCard()];
  done.add("start_ticket", card);
  done.add("rush_ticket", card);
  expect(done.has("start_ticket", card)).toBe(true);
  expect(done.has("rush_ticket", card)).toBe(true);
  expect(done.has("bump_ticket", card)).toBe(false);
});
