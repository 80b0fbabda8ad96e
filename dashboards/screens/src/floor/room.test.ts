import { expect, test } from "vitest";

import type { Entry } from "../hub/wire.ts";
import { board } from "./examples.ts";
import { FLOOR, menuEdition } from "./room.ts";

const PLACE = { room: "waiters:house", prev: 0, timestamp: "2026-11-21T19:00:00+00:00" };
const OFF: Entry = { ...PLACE, seq: 1, event: "item_eighty_sixed", itemId: "soup", itemName: "Soup" };
const NEWS: Entry = { ...PLACE, seq: 2, event: "menu_section_added", sectionId: "tarts", sectionName: "Tarts" };

test("a fresh board of a line that stayed up needs the menu read again", () => {
  const edition = menuEdition(board({}));
  expect(menuEdition(board({}))).not.toBe(edition);
});

test("what happens on the floor is no reason to read the menu again", () => {
  const before = board({});
  const edition = menuEdition(before);
  const after = FLOOR.apply(before, OFF);
  expect(after).not.toBe(before);
  expect(menuEdition(after)).toBe(edition);
  expect(menuEdition(FLOOR.apply(after, OFF))).toBe(edition);
});

test("news of the menu are, also before the board was looked at again", () => {
  const before = board({});
  const edition = menuEdition(before);
  const news = FLOOR.apply(before, NEWS);
  const after = FLOOR.apply(news, OFF);
  expect(menuEdition(after)).not.toBe(edition);
  expect(menuEdition(after)).toBe(menuEdition(after));
});
