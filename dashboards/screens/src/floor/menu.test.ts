import { expect, test } from "vitest";

import { allergensOf, isSettled, leftOf, menuNow, missing, mustChoose, tapped } from "./choices.ts";
import { group, item } from "./examples.ts";
import { found } from "./find.ts";

const MENU = {
  restaurantId: "house",
  currency: "GBP",
  sections: [{ id: "starters", name: "To begin", items: [item({}), item({ id: "squid", portionsLeft: 3 })] }],
};

test("the board knows better than the menu what is off and how much is left", () => {
  const now = menuNow(MENU, { eightySixed: ["soup"], portions: { squid: 2 } });
  expect(now.sections[0]?.items.map((one) => [one.available, one.portionsLeft])).toEqual([
    [false, null],
    [true, 2],
  ]);
});

test("an item of which nothing changed stays the same object, so that it is not drawn anew", () => {
  const now = menuNow(MENU, { eightySixed: [], portions: { squid: 1 } });
  expect(now.sections[0]?.items[0]).toBe(MENU.sections[0]?.items[0]);
});

test("what is on the pad is not left for anybody else", () => {
  expect([leftOf(item({ portionsLeft: 3 }), 2), leftOf(item({ portionsLeft: 1 }), 2), leftOf(item({}), 9)]).toEqual([
    1,
    0,
    null,
  ]);
  expect(leftOf(item({ available: false }), 0)).toBe(0);
});

test("an item is added by one tap unless something must be chosen", () => {
  expect(mustChoose(item({ modifierGroups: [group(0, 3, "egg", "bacon")] }))).toBe(false);
  expect(mustChoose(item({ modifierGroups: [group(0, 3, "egg"), group(1, 1, "rare", "done")] }))).toBe(true);
});

test("of a single choice the new one takes the other's place, and cannot be left out where it is required", () => {
  const one = group(1, 1, "rare", "done");
  expect(tapped(one, ["rare", "egg"], "done")).toEqual(["egg", "done"]);
  expect(tapped(one, ["rare"], "rare")).toEqual(["rare"]);
  expect(tapped(group(0, 1, "oat"), ["oat"], "oat")).toEqual([]);
});

test("no more are chosen than the group allows", () => {
  const two = group(0, 2, "egg", "bacon", "cheese");
  expect(tapped(two, ["egg", "bacon"], "cheese")).toEqual(["egg", "bacon"]);
  expect(tapped(two, ["egg", "bacon"], "egg")).toEqual(["bacon"]);
});

test("a choice is over by itself only where nothing else could be chosen", () => {
  const [cooked, side] = [group(1, 1, "rare"), group(1, 1, "chips")];
  const chicken = item({ modifierGroups: [side] });
  const steak = item({ modifierGroups: [cooked, side, group(0, 2, "egg")] });
  expect([isSettled(chicken, ["chips"]), isSettled(chicken, []), isSettled(steak, ["rare", "chips"])]).toEqual([
    true,
    false,
    false,
  ]);
  expect(missing(steak, ["rare"]).map((one) => one.id)).toEqual(["chips"]);
});

test("an item is found by parts of its words in any order, without accents or case", () => {
  const names = ["Crème brûlée", "Fish and chips", "Chips", "Truffle chips", "Beetroot and goat's curd"].map(
    (name) => ({ name }),
  );
  const named = (typed: string) => found(names, typed).map((one) => one.name);
  expect(named("brulee")).toEqual(["Crème brûlée"]);
  expect(named("CHI fi")).toEqual(["Fish and chips"]);
  expect(named("goat")).toEqual(["Beetroot and goat's curd"]);
  expect(named("xyz")).toEqual([]);
});

test("what begins with what was typed is found first, and what only contains it last", () => {
  const names = ["Latte chai", "Chips", "Fish and chips", "Zucchini"].map((name) => ({ name }));
  expect(found(names, "ch").map((one) => one.name)).toEqual(["Chips", "Latte chai", "Fish and chips", "Zucchini"]);
});

test("what could hurt a guest is the dish's own and what its modifiers bring, each once", () => {
  const extras = group(0, 3, "egg", "cheese", "bacon");
  const brings: Readonly<Record<string, readonly string[]>> = { egg: ["egg"], cheese: ["milk"] };
  const modifiers = extras.modifiers.map((one) => ({ ...one, allergens: brings[one.id] ?? [] }));
  const steak = item({ allergens: ["milk"], modifierGroups: [{ ...extras, modifiers }] });
  expect(allergensOf(steak, [])).toEqual(["milk"]);
  expect(allergensOf(steak, ["egg", "cheese", "bacon"])).toEqual(["milk", "egg"]);
});
