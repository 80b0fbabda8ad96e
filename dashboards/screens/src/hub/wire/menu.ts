/**
 * What travels between a hub and its screens: menu.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Seen } from "./command.ts";
import type { Money } from "./money.ts";
import type { OrderKind } from "./orders.ts";

/** Add an item to the menu; `price` in minor units of the restaurant's currency. */
export interface AddItem {
  readonly seen?: Seen | null;
  readonly restaurantId: string;
  readonly sectionId: string;
  readonly name: string;
  readonly description?: string | null;
  readonly price: number;
  readonly station: string;
  readonly stationsByKind?: Readonly<Partial<Record<OrderKind, string>>>;
  readonly prepSeconds?: number;
  readonly allergens?: readonly string[];
  readonly dietTags?: readonly string[];
  readonly portionsLeft?: number | null;
  readonly modifierGroups?: readonly NewModifierGroup[];
}

/** Add a section to the menu. */
export interface AddMenuSection {
  readonly seen?: Seen | null;
  readonly restaurantId: string;
  readonly name: string;
}

/** Add a station to the kitchen. */
export interface AddStation {
  readonly seen?: Seen | null;
  readonly restaurantId: string;
  readonly name: string;
}

/** Change an item. What is not named stays as it is; modifier groups are replaced as a whole. */
export interface ChangeItem {
  readonly seen?: Seen | null;
  readonly itemId: string;
  readonly sectionId?: string | null;
  readonly name?: string | null;
  readonly description?: string | null;
  readonly price?: number | null;
  readonly station?: string | null;
  readonly stationsByKind?: Readonly<Partial<Record<OrderKind, string>>> | null;
  readonly prepSeconds?: number | null;
  readonly allergens?: readonly string[] | null;
  readonly dietTags?: readonly string[] | null;
  readonly portionsLeft?: number | null;
  readonly modifierGroups?: readonly NewModifierGroup[] | null;
}

/** There is no more of it. */
export interface EightySixItem {
  readonly seen?: Seen | null;
  readonly itemId: string;
}

export interface InventoryDetails {
  readonly productName: string;
  readonly available: boolean;
  readonly reason: InventoryReason;
}

export type InventoryReason = "sold" | "returned" | "eighty_sixed" | "restored" | "changed" | "removed";

/**
 * How much is left of one item, for whoever follows it.
 *
 * Name and shape come from systems whose clients exist: `{productId, quantity, details, timestamp}`.
 */
export interface InventoryUpdate {
  readonly productId: string;
  readonly quantity: number | null;
  readonly details: InventoryDetails;
}

/** The menu has a new item. */
export interface ItemAdded {
  readonly item: MenuItem;
}

/** An item of the menu is not what it was. */
export interface ItemChanged {
  readonly item: MenuItem;
}

/** There is no more of it: nobody can order it until it is restored. */
export interface ItemEightySixed {
  readonly itemId: string;
  readonly itemName: string;
}

/** An item left the menu. Orders that have it keep it. */
export interface ItemRemoved {
  readonly itemId: string;
}

/** It can be ordered again. */
export interface ItemRestored {
  readonly itemId: string;
  readonly itemName: string;
}

/** An item as the menu shows it. `portionsLeft` is null where nobody counts; at 0 it is eighty-sixed. */
export interface MenuItem {
  readonly id: string;
  readonly sectionId: string;
  readonly name: string;
  readonly description: string | null;
  readonly price: Money;
  readonly station: string;
  readonly stationsByKind: Readonly<Partial<Record<OrderKind, string>>>;
  readonly prepSeconds: number;
  readonly allergens: readonly string[];
  readonly dietTags: readonly string[];
  readonly portionsLeft: number | null;
  readonly isEightySixed: boolean;
  readonly available: boolean;
  readonly modifierGroups: readonly ModifierGroup[];
}

/** The menu has a new section. */
export interface MenuSectionAdded {
  readonly sectionId: string;
  readonly sectionName: string;
}

/** One way to have an item. `price_delta` may be negative. */
export interface Modifier {
  readonly id: string;
  readonly name: string;
  readonly priceDelta: Money;
  readonly allergens: readonly string[];
}

/** A choice that comes with an item: at least `min` and at most `max` of its modifiers. */
export interface ModifierGroup {
  readonly id: string;
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly modifiers: readonly Modifier[];
}

/** One way to have an item; `priceDelta` in minor units of the restaurant's currency. */
export interface NewModifier {
  readonly name: string;
  readonly priceDelta?: number;
  readonly allergens?: readonly string[];
}

/** A choice that comes with an item: at least `min` of its modifiers, and at most `max`. */
export interface NewModifierGroup {
  readonly name: string;
  readonly min?: number;
  readonly max?: number;
  readonly modifiers: readonly NewModifier[];
}

/** So many portions are left; null means that nobody counts any more. */
export interface PortionsChanged {
  readonly itemId: string;
  readonly portionsLeft: number | null;
}

/** Take an item off the menu. Orders that have it keep it. */
export interface RemoveItem {
  readonly seen?: Seen | null;
  readonly itemId: string;
}

/** It can be ordered again: so many portions, or, where none are named, uncounted. */
export interface RestoreItem {
  readonly seen?: Seen | null;
  readonly itemId: string;
  readonly portions?: number | null;
}

/** Say which station shows this one's tickets as well when its own screen does not; null where none is to. */
export interface SetStationBackup {
  readonly seen?: Seen | null;
  readonly stationId: string;
  readonly backupStationId: string | null;
}

/** The kitchen has a new station. */
export interface StationAdded {
  readonly stationId: string;
  readonly stationName: string;
}

/** Another station shows this one's tickets as well when its own screen does not; null where none does any more. */
export interface StationBackupSet {
  readonly stationId: string;
  readonly backupStationId: string | null;
}

/** Add an item to the menu; `price` in minor units of the restaurant's currency. */
export interface RestAddItem {
  readonly seen?: Seen | null;
  readonly sectionId: string;
  readonly name: string;
  readonly description?: string | null;
  readonly price: number;
  readonly station: string;
  readonly stationsByKind?: Readonly<Partial<Record<OrderKind, string>>>;
  readonly prepSeconds?: number;
  readonly allergens?: readonly string[];
  readonly dietTags?: readonly string[];
  readonly portionsLeft?: number | null;
  readonly modifierGroups?: readonly NewModifierGroup[];
}

/** Add a section to the menu. */
export interface RestAddMenuSection {
  readonly seen?: Seen | null;
  readonly name: string;
}

/** Add a station to the kitchen. */
export interface RestAddStation {
  readonly seen?: Seen | null;
  readonly name: string;
}

/** Change an item. What is not named stays as it is; modifier groups are replaced as a whole. */
export interface RestChangeItem {
  readonly seen?: Seen | null;
  readonly sectionId?: string | null;
  readonly name?: string | null;
  readonly description?: string | null;
  readonly price?: number | null;
  readonly station?: string | null;
  readonly stationsByKind?: Readonly<Partial<Record<OrderKind, string>>> | null;
  readonly prepSeconds?: number | null;
  readonly allergens?: readonly string[] | null;
  readonly dietTags?: readonly string[] | null;
  readonly portionsLeft?: number | null;
  readonly modifierGroups?: readonly NewModifierGroup[] | null;
}

/** There is no more of it. */
export interface RestEightySixItem {
  readonly seen?: Seen | null;
}

/** Take an item off the menu. Orders that have it keep it. */
export interface RestRemoveItem {
  readonly seen?: Seen | null;
}

/** It can be ordered again: so many portions, or, where none are named, uncounted. */
export interface RestRestoreItem {
  readonly seen?: Seen | null;
  readonly portions?: number | null;
}

/** Say which station shows this one's tickets as well when its own screen does not; null where none is to. */
export interface RestSetStationBackup {
  readonly seen?: Seen | null;
  readonly backupStationId: string | null;
}
