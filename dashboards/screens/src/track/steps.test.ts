import { expect, test } from "vitest";

import type { OrderStatus } from "../hub/index.ts";
import { forParty, stepsOf, togetherOf } from "./steps.ts";

test.each([
  ["placed", ["now", "ahead", "ahead", "ahead"]],
  ["in_kitchen", ["done", "now", "ahead", "ahead"]],
  ["ready", ["done", "done", "now", "ahead"]],
  ["served", ["done", "done", "done", "done"]],
  ["closed", ["done", "done", "done", "done"]],
] as const)("an order that is %s is so far", (status, states) => {
  expect(stepsOf(status).map((one) => one.state)).toEqual(states);
});

test("a cancelled order has no steps", () => {
  expect(stepsOf("cancelled")).toEqual([]);
});

function order(number: number, status: OrderStatus, amount = 0) {
  return { number, status, total: { amount, currency: "GBP" } };
}

test("a party sees first what it waits for, and of that the latest", () => {
  const orders = [order(1, "closed"), order(2, "ready"), order(3, "cancelled"), order(4, "placed")];
  expect(forParty(orders).map((one) => one.number)).toEqual([4, 2, 3, 1]);
});

test("a cancelled order costs the party nothing", () => {
  const orders = [order(1, "served", 1_250), order(2, "cancelled", 900), order(3, "closed", 300)];
  expect(togetherOf(orders)).toEqual({ amount: 1_550, currency: "GBP" });
});

test("nothing ordered adds up to nothing", () => {
  expect(togetherOf([order(1, "cancelled", 900)])).toBeNull();
});
