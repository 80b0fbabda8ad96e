/**
 * The menu as a kitchen needs it: what is off, how much is left, and which of it is cooked here.
 *
 * What is off and how much is left comes from the pass. Not its business: reading it (`useMenu.ts`), prices, and
 * everything else that guests read.
 */

import type { Menu, MenuItem } from "../hub/index.ts";

/** What the pass knows about all items. */
export interface Stock {
  /** Whether the pass was heard: before that, nothing is known to be off, and nothing to be there. */
  readonly isHeard: boolean;
  readonly eightySixed: readonly string[];
  readonly portions: Readonly<Record<string, number>>;
}

/** An item with how it stands now. `portionsLeft` is null where nobody counts. */
export interface StockedItem {
  readonly itemId: string;
  readonly name: string;
  readonly isOff: boolean;
  readonly portionsLeft: number | null;
}

export interface Wish {
  /** Part of the name, however it is spelt. */
  readonly text: string;
  /** Only what this station cooks; null for everything. */
  readonly stationId: string | null;
}

/** So few portions are worth a word without being asked. */
const FEW_PORTIONS_MAX = 5;

export function itemsOf(menu: Menu): readonly MenuItem[] {
  return menu.sections.flatMap((section) => section.items);
}

/** The items that somebody looks for, in the menu's order. */
export function found(menu: Menu, stock: Stock, wish: Wish): readonly StockedItem[] {
  const text = plain(wish.text);
  const fitting = itemsOf(menu).filter((one) => {
    return plain(one.name).includes(text) && (wish.stationId === null || isCookedAt(one, wish.stationId));
  });
  return fitting.map((one) => stocked(one.id, one.name, stock));
}

export function stocked(itemId: string, name: string, { eightySixed, portions }: Stock): StockedItem {
  return { itemId, name, isOff: eightySixed.includes(itemId), portionsLeft: portions[itemId] ?? null };
}

/** What a kitchen should know without asking: what is off, then what runs out, by name. */
export function short(menu: Menu | null, stock: Stock): readonly StockedItem[] {
  const names = new Map(menu === null ? [] : itemsOf(menu).map((one) => [one.id, one.name]));
  const few = Object.entries(stock.portions).flatMap(([id, left]) => (left <= FEW_PORTIONS_MAX ? [id] : []));
  const ids = new Set([...stock.eightySixed, ...few]);
  const items = [...ids].map((id) => stocked(id, names.get(id) ?? "…", stock));
  return items.sort((one, other) => Number(other.isOff) - Number(one.isOff) || one.name.localeCompare(other.name));
}

function isCookedAt(item: MenuItem, stationId: string): boolean {
  return item.station === stationId || Object.values(item.stationsByKind).includes(stationId);
}

/** Without case and accents: nobody with wet hands types `ñ`. */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();
}

/** Whether the menu names everything that is off, or counted. */
export function isKnown(menu: Menu, { eightySixed, portions }: Stock): boolean {
  const known = new Set(itemsOf(menu).map((one) => one.id));
  return [...eightySixed, ...Object.keys(portions)].every((id) => known.has(id));
}
