/**
 * Whom an order is for: a table's party, or somebody who takes it elsewhere. Every place has its own pad.
 *
 * Not its business: what is on the pad.
 */

import type { FloorOrder, FloorTable, WaitersBoard } from "../hub/wire.ts";

export type Place = { readonly kind: "dine_in"; readonly tableId: string } | { readonly kind: "pickup" | "delivery" };

/**
 * The name that a pad is kept under: of one house, and there a party's own, so that the next one at its table does not
 * get what it left.
 */
export function padName(restaurantId: string, place: Place, table: FloorTable | undefined): string {
  const whose = place.kind === "dine_in" ? (table?.seating?.seatingId ?? place.tableId) : place.kind;
  return `${restaurantId}.${whose}`;
}

/** The open orders of the party that sits at a table now, as they were placed. */
export function ordersAt(orders: readonly FloorOrder[], table: FloorTable): readonly FloorOrder[] {
  return orders.filter((one) => one.tableId === table.tableId);
}

/** Whose an order is, as one calls it. */
export function nameOf({ tableName, customerName, number }: FloorOrder): string {
  return tableName ?? customerName ?? `#${number}`;
}

/** Orders that nobody eats here, by kind. */
export function ordersElsewhere(board: WaitersBoard): readonly FloorOrder[] {
  return board.orders.filter((one) => one.kind !== "dine_in");
}
