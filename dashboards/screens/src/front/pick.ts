/**
 * Which order a visitor follows as its guest: one that has the most still to come.
 *
 * Not its business: the link to it.
 */

import type { FloorOrder, OrderStatus } from "../hub/index.ts";

const BEST_FIRST: readonly OrderStatus[] = ["in_kitchen", "placed", "ready", "served"];

/** The latest order that is being cooked, else the next best; null where there is none. */
export function orderToFollow(orders: readonly FloorOrder[]): FloorOrder | null {
  for (const status of BEST_FIRST) {
    const found = orders.findLast((one) => one.status === status);
    if (found !== undefined) return found;
  }
  return null;
}
