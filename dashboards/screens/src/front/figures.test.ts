import { expect, test } from "vitest";

import type { FloorTable, TableStatus } from "../hub/index.ts";
import { figuresOfOrders, figuresOfPass, floorFigures } from "./figures.ts";
import { card, floorBoard, floorOrder, orderLine, passBoard, ticket, ticketLine } from "./made.ts";

function table(status: TableStatus, covers: number | null): FloorTable {
  const seating = covers === null ? null : { seatingId: "seating", covers, seatedAt: "2026-11-21T19:00:00Z" };
  const plan = { tableId: "table", sectionId: "section", name: "7", seats: 4, x: 0, y: 0 };
  return { ...plan, status, statusSince: "2026-11-21T19:00:00Z", seating };
}

test("a table is seated from its party's sitting down to its leaving, and only its covers count", () => {
  const empty = [table("free", null), table("held", null), table("dirty", null)];
  const tables = [...empty, table("seated", 2), table("eating", 3)];
  expect(floorFigures(floorBoard({ tables }))).toEqual({ tablesSeated: 2, tables: 5, covers: 5 });
});

test("an order with two open tickets is one order in the kitchen", () => {
  const tickets = [card({ ticketId: "a" }), card({ ticketId: "b", status: "started" }), card({ status: "bumped" })];
  expect(figuresOfPass(passBoard({ tickets }))).toMatchObject({ ordersInKitchen: 1, ticketsOpen: 2 });
});

test("the oldest ticket is the first that was fired of those still open", () => {
  const tickets = [
    card({ ticketId: "a", status: "bumped", firedAt: "2026-11-21T19:00:00Z" }),
    card({ ticketId: "b", firedAt: "2026-11-21T19:20:00Z" }),
    card({ ticketId: "c", firedAt: "2026-11-21T19:10:00Z" }),
  ];
  expect(figuresOfPass(passBoard({ tickets })).oldestFiredAt).toBe("2026-11-21T19:10:00Z");
});

test("an empty kitchen has no oldest ticket", () => {
  expect(figuresOfPass(passBoard())).toMatchObject({ ticketsOpen: 0, oldestFiredAt: null });
});

test("plates are ready once they are bumped, and a voided line is no plate", () => {
  const lines = [ticketLine({ quantity: 2 }), ticketLine({ quantity: 5, isVoided: true })];
  const tickets = [card({ status: "bumped", lines }), card({ status: "started", lines })];
  expect(figuresOfPass(passBoard({ tickets })).platesReady).toBe(2);
});

test("the floor counts the kitchen as the pass does", () => {
  const lines = [
    orderLine({ ticketId: "ready", quantity: 3 }),
    orderLine({ ticketId: "ready", status: "voided" }),
    orderLine({ ticketId: "open", quantity: 4 }),
    orderLine({ ticketId: null, status: "held" }),
  ];
  const tickets = [
    ticket({ ticketId: "ready", status: "bumped" }),
    ticket({ ticketId: "open" }),
    ticket({ status: "served" }),
  ];
  const { firedAt } = ticket();
  expect(figuresOfOrders(floorBoard({ orders: [floorOrder({ lines, tickets })] }))).toEqual({
    ordersInKitchen: 1,
    ticketsOpen: 1,
    oldestFiredAt: firedAt,
    platesReady: 3,
  });
});
