import { expect, test } from "vitest";

import { floorOrder } from "./made.ts";
import { orderToFollow } from "./pick.ts";

test("a visitor follows the latest order that is being cooked", () => {
  const orders = [
    floorOrder({ number: 1, status: "in_kitchen" }),
    floorOrder({ number: 2, status: "in_kitchen" }),
    floorOrder({ number: 3, status: "ready" }),
    floorOrder({ number: 4, status: "placed" }),
  ];
  expect(orderToFollow(orders)?.number).toBe(2);
});

test("where nothing is cooked, the order with the most still to come is followed", () => {
  const orders = [floorOrder({ number: 1, status: "served" }), floorOrder({ number: 2, status: "ready" })];
  expect(orderToFollow(orders)?.number).toBe(2);
});

test("where nobody ordered there is nothing to follow", () => {
  expect(orderToFollow([])).toBeNull();
});
