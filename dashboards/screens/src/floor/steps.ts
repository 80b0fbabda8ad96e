/**
 * What is offered for a table by its state. The lifecycle itself is the hub's table; here is what a waiter would want.
 *
 * Seating is not among them, for it needs a number of guests; nor is what happens by itself, as having ordered.
 */

import type { TableStatus } from "../hub/wire.ts";

/** A table's state → the states that somebody is asked about, the likeliest first. */
export const OFFERED: Readonly<Record<TableStatus, readonly TableStatus[]>> = {
  free: ["held", "dirty"],
  held: ["free"],
  seated: ["bill", "free", "dirty"],
  ordered: ["eating", "bill", "dirty"],
  eating: ["bill", "dirty"],
  bill: ["eating", "dirty"],
  dirty: ["free"],
};

/** Numbers of guests that are one tap away; for more there is a field. */
export const COVERS_TAPPED_MAX = 12;
/** How many guests the hub would seat at one table. */
export const COVERS_MAX = 200;
