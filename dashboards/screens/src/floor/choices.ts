/**
 * An item as it can be ordered now: what is off, what is running out, and which modifiers must be chosen.
 *
 * Not its business: the hub's last word, which is said when the order is sent.
 */

import type { Menu, MenuItem, ModifierGroup, WaitersBoard } from "../hub/wire.ts";

type Stock = Pick<WaitersBoard, "eightySixed" | "portions">;

/** The menu with what the floor's board knows better: which items are off, and how much is left of those counted. */
export function menuNow(menu: Menu, { eightySixed, portions }: Stock): Menu {
  const off = new Set(eightySixed);
  const now = (item: MenuItem): MenuItem => {
    const [available, portionsLeft] = [!off.has(item.id), portions[item.id] ?? null];
    const isSame = item.available === available && item.portionsLeft === portionsLeft;
    return isSame ? item : { ...item, available, portionsLeft };
  };
  return { ...menu, sections: menu.sections.map((section) => ({ ...section, items: section.items.map(now) })) };
}

/** What can still be added of an item that is on the pad so many times; null where nobody counts. */
export function leftOf(item: MenuItem, onPad: number): number | null {
  if (!item.available) return 0;
  return item.portionsLeft === null ? null : Math.max(0, item.portionsLeft - onPad);
}

/** Whether somebody has to choose before it can be added. */
export function mustChoose(item: MenuItem): boolean {
  return item.modifierGroups.some((group) => group.min > 0);
}

/** How many of a group are among the chosen. */
export function chosenOf(group: ModifierGroup, chosen: readonly string[]): number {
  return chosen.filter((id) => group.modifiers.some((one) => one.id === id)).length;
}

/** Groups of which too few are chosen yet. */
export function missing(item: MenuItem, chosen: readonly string[]): readonly ModifierGroup[] {
  return item.modifierGroups.filter((group) => chosenOf(group, chosen) < group.min);
}

/** Whether the choice is over with this: everything required is chosen, and nothing else could be. */
export function isSettled(item: MenuItem, chosen: readonly string[]): boolean {
  return missing(item, chosen).length === 0 && item.modifierGroups.every((group) => group.min === 1 && group.max === 1);
}

/** The chosen after a tap on a modifier: of one that allows a single choice it takes the other's place. */
export function tapped(group: ModifierGroup, chosen: readonly string[], id: string): readonly string[] {
  if (chosen.includes(id)) return group.max === 1 && group.min === 1 ? chosen : chosen.filter((one) => one !== id);
  if (group.max === 1) return [...chosen.filter((one) => !group.modifiers.some((other) => other.id === one)), id];
  return chosenOf(group, chosen) < group.max ? [...chosen, id] : chosen;
}

/** The names of chosen modifiers, as the menu lists them. */
export function namesOf(item: MenuItem | undefined, chosen: readonly string[]): readonly string[] {
  const all = item?.modifierGroups.flatMap((group) => group.modifiers) ?? [];
  return all.filter((one) => chosen.includes(one.id)).map((one) => one.name);
}

/** What could hurt a guest in an item as it is chosen, each once: the dish's own, and what its modifiers bring. */
export function allergensOf(item: MenuItem, chosen: readonly string[]): readonly string[] {
  const all = item.modifierGroups.flatMap((group) => group.modifiers);
  const brought = all.filter((one) => chosen.includes(one.id)).flatMap((one) => one.allergens);
  return [...new Set([...item.allergens, ...brought])];
}
