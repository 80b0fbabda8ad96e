/**
 * What travels between a hub and its screens: asking-menu.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { GoneAnswer, ItemAnswer, SectionAnswer, StationAnswer } from "./answers.ts";
import type { Ask } from "./asking.ts";
import type {
  MenuItem,
  RestAddItem,
  RestAddMenuSection,
  RestAddStation,
  RestChangeItem,
  RestEightySixItem,
  RestRemoveItem,
  RestRestoreItem,
  RestSetStationBackup,
} from "./menu.ts";
import type { Items, Menu, SectionNames, Stations } from "./menus.ts";

/** The menu. Its ETag changes with whatever happens to the menu, so a fresh one is never taken for old. */
export function showMenusWhole(ask: Ask, restaurantId: string): Promise<Menu> {
  return ask("GET", `/restaurants/${encodeURIComponent(restaurantId)}/menu`);
}

/** The menu's sections, in the order in which they were added. */
export function showMenusSections(ask: Ask, restaurantId: string): Promise<SectionNames> {
  return ask("GET", `/restaurants/${encodeURIComponent(restaurantId)}/menu/sections`);
}

/** Add a section to the menu. */
export function addMenuSection(ask: Ask, restaurantId: string, body: RestAddMenuSection): Promise<SectionAnswer> {
  return ask("POST", `/restaurants/${encodeURIComponent(restaurantId)}/menu/sections`, { body });
}

/** The kitchen's stations, in the order in which they were added. */
export function showMenusStations(ask: Ask, restaurantId: string): Promise<Stations> {
  return ask("GET", `/restaurants/${encodeURIComponent(restaurantId)}/stations`);
}

/** Add a station to the kitchen. */
export function addStation(ask: Ask, restaurantId: string, body: RestAddStation): Promise<StationAnswer> {
  return ask("POST", `/restaurants/${encodeURIComponent(restaurantId)}/stations`, { body });
}

/** Say which station shows this one's tickets as well when its own screen does not; null where none is to. */
export function setStationBackup(ask: Ask, stationId: string, body: RestSetStationBackup): Promise<StationAnswer> {
  return ask("PUT", `/stations/${encodeURIComponent(stationId)}/backup`, { body });
}

/** The menu's items. */
export function showMenusItems(ask: Ask, restaurantId: string): Promise<Items> {
  return ask("GET", `/restaurants/${encodeURIComponent(restaurantId)}/items`);
}

/** Add an item to the menu; `price` in minor units of the restaurant's currency. */
export function addItem(ask: Ask, restaurantId: string, body: RestAddItem): Promise<ItemAnswer> {
  return ask("POST", `/restaurants/${encodeURIComponent(restaurantId)}/items`, { body });
}

/** One item of the menu. */
export function showMenusItem(ask: Ask, itemId: string): Promise<MenuItem> {
  return ask("GET", `/items/${encodeURIComponent(itemId)}`);
}

/** Change an item. What is not named stays as it is; modifier groups are replaced as a whole. */
export function changeItem(ask: Ask, itemId: string, body: RestChangeItem = {}): Promise<ItemAnswer> {
  return ask("PATCH", `/items/${encodeURIComponent(itemId)}`, { body });
}

/** Take an item off the menu. Orders that have it keep it. */
export function removeItem(ask: Ask, itemId: string, body: RestRemoveItem = {}): Promise<GoneAnswer> {
  return ask("DELETE", `/items/${encodeURIComponent(itemId)}`, { body });
}

/** There is no more of it. */
export function eightySixItem(ask: Ask, itemId: string, body: RestEightySixItem = {}): Promise<ItemAnswer> {
  return ask("POST", `/items/${encodeURIComponent(itemId)}/eighty-six`, { body });
}

/** It can be ordered again: so many portions, or, where none are named, uncounted. */
export function restoreItem(ask: Ask, itemId: string, body: RestRestoreItem = {}): Promise<ItemAnswer> {
  return ask("POST", `/items/${encodeURIComponent(itemId)}/restore`, { body });
}

/** One item of this restaurant's menu. */
export function showMenusItemOf(ask: Ask, restaurantId: string, itemId: string): Promise<MenuItem> {
  return ask("GET", `/restaurants/${encodeURIComponent(restaurantId)}/items/${encodeURIComponent(itemId)}`);
}

/** Change an item. What is not named stays as it is; modifier groups are replaced as a whole. */
export function changeItemOfRestaurant(
  ask: Ask,
  restaurantId: string,
  itemId: string,
  body: RestChangeItem = {},
): Promise<ItemAnswer> {
  return ask("PATCH", `/restaurants/${encodeURIComponent(restaurantId)}/items/${encodeURIComponent(itemId)}`, { body });
}

/** Take an item off the menu. Orders that have it keep it. */
export function removeItemOfRestaurant(
  ask: Ask,
  restaurantId: string,
  itemId: string,
  body: RestRemoveItem = {},
): Promise<GoneAnswer> {
  return ask(
    "DELETE",
    `/restaurants/${encodeURIComponent(restaurantId)}/items/${encodeURIComponent(itemId)}`,
    { body },
  );
}

/** There is no more of it. */
export function eightySixItemOfRestaurant(
  ask: Ask,
  restaurantId: string,
  itemId: string,
  body: RestEightySixItem = {},
): Promise<ItemAnswer> {
  return ask(
    "POST",
    `/restaurants/${encodeURIComponent(restaurantId)}/items/${encodeURIComponent(itemId)}/eighty-six`,
    { body },
  );
}

/** It can be ordered again: so many portions, or, where none are named, uncounted. */
export function restoreItemOfRestaurant(
  ask: Ask,
  restaurantId: string,
  itemId: string,
  body: RestRestoreItem = {},
): Promise<ItemAnswer> {
  return ask(
    "POST",
    `/restaurants/${encodeURIComponent(restaurantId)}/items/${encodeURIComponent(itemId)}/restore`,
    { body },
  );
}
