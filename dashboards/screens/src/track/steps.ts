/**
 * How far an order is, as the steps that its guest counts.
 *
 * Not its business: words, and what makes an order go on, which is the hub's.
 */

import type { GuestOrder, OrderStatus } from "../hub/index.ts";

/** The steps of an order that goes well. */
export const STEPS = ["placed", "in_kitchen", "ready", "served"] as const satisfies readonly OrderStatus[];
export type StepName = (typeof STEPS)[number];

export interface Step {
  readonly name: StepName;
  readonly state: "done" | "now" | "ahead";
}

/** Every step and whether it was taken. What is served or closed has taken them all; what is cancelled has none. */
export function stepsOf(status: OrderStatus): readonly Step[] {
  if (status === "cancelled") return [];
  const at = STEPS.findIndex((name) => name === status);
  if (at === -1 || status === "served") return STEPS.map((name) => ({ name, state: "done" }));
  return STEPS.map((name, place) => ({ name, state: place < at ? "done" : place === at ? "now" : "ahead" }));
}

/** A party's orders: what it still waits for first, and of those the latest. */
export function forParty<O extends Pick<GuestOrder, "status">>(orders: readonly O[]): readonly O[] {
  const latestFirst = [...orders].reverse();
  return [...latestFirst.filter((one) => !isOver(one)), ...latestFirst.filter(isOver)];
}

/** What a party's orders come to, without those that are off; null where they do not add up to anything. */
export function togetherOf(orders: readonly Pick<GuestOrder, "status" | "total">[]): GuestOrder["total"] | null {
  const wanted = orders.filter((one) => one.status !== "cancelled");
  const currency = wanted[0]?.total.currency;
  if (currency === undefined) return null;
  return { amount: wanted.reduce((sum, one) => sum + one.total.amount, 0), currency };
}

function isOver({ status }: Pick<GuestOrder, "status">): boolean {
  return status === "closed" || status === "cancelled";
}
