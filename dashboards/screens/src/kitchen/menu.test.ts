/** The rules of the kitchen's menu. */

import { expect, test } from "vitest";

import type { Menu, MenuItem } from "../hub/index.ts";
import { found, short, type Stock } from "./menu.ts";

const STOCK: Stock = { isHeard: true, eightySixed: ["tart"], portions: { sardines: 3, ribeye: 12, tart: 0 } };

function item(id: string, name: string, station: string, told: Partial<MenuItem> = {}): MenuItem {
  return {
    id,
    name,
    station,
    sectionId: "mains",
    description: null,
    price: { amount: 1_000, currency: "GBP" },
    stationsByKind: {},
    prepSeconds: 600,
    allergens: [],
    dietTags: [],
    portionsLeft: null,
    isEightySixed: false,
    available: true,
    modifierGroups: [],
    ...told,
  };
}

const MENU: Menu = {
  restaurantId: "ladle",
  currency: "GBP",
  sections: [
    {
      id: "mains",
      name: "Mains",
      items: [
        item("ribeye", "Ribeye", "grill"),
        item("sardines", "Grilled sardines", "grill"),
        item("tart", "Crème brûlée tart", "pastry"),
        item("wine", "House red", "bar", { stationsByKind: { pickup: "cold" } }),
      ],
    },
  ],
};
const names = (list: readonly { readonly name: string }[]): readonly string[] => list.map((one) => one.name);

test("an item is found by any part of its name, without case or accents", () => {
  expect(names(found(MENU, STOCK, { text: "BRULEE", stationId: null }))).toEqual(["Crème brûlée tart"]);
});

test("a station finds what it cooks, for whatever kind of order", () => {
  expect(names(found(MENU, STOCK, { text: "", stationId: "grill" }))).toEqual(["Ribeye", "Grilled sardines"]);
  expect(names(found(MENU, STOCK, { text: "", stationId: "cold" }))).toEqual(["House red"]);
});

test("what is off and what is left is what the pass says, not what the menu said", () => {
  const [tart] = found(MENU, STOCK, { text: "tart", stationId: null });
  expect(tart).toMatchObject({ isOff: true, portionsLeft: 0 });
  const [red] = found(MENU, STOCK, { text: "red", stationId: null });
  expect(red).toMatchObject({ isOff: false, portionsLeft: null });
});

test("what is off is told first, then what runs out, and nothing of which there is plenty", () => {
  expect(names(short(MENU, STOCK))).toEqual(["Crème brûlée tart", "Grilled sardines"]);
});

test("what is off is counted before the menu was read", () => {
  expect(short(null, STOCK).filter((one) => one.isOff)).toHaveLength(1);
});
