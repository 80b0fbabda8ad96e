import { expect, test } from "vitest";

import { BOARDS, type Entry, type Events, type OrderKind } from "../hub/index.ts";
import { FACTS_KEPT_MAX, factOf, isTold, merged, remembering, UNNAMED } from "./facts.ts";
import { card, floorBoard, floorOrder, orderLine, passBoard } from "./made.ts";
import { anyOf, namesInEntries, namesOnFloor, namesOnPass } from "./names.ts";

const STEP = { ticketId: "ticket", orderId: "order", stationId: "station", backupStationId: null };
const NOBODY = anyOf();

type Heard<N extends keyof Events> = Extract<Entry, { readonly event: N }>;

function heard<N extends keyof Events>(event: N, fields: Events[N], seq = 1): Heard<N> {
  const place = { room: "room", seq, prev: seq - 1, timestamp: "2026-11-21T19:00:00.000000Z" };
  // The union's member of this name has exactly these fields; the compiler cannot follow that through a generic.
  return { event, ...fields, ...place } as unknown as Heard<N>;
}

function fired(kind: OrderKind, customerName: string | null = null): Heard<"ticket_fired"> {
  const tableName = kind === "dine_in" ? "7" : null;
  const whose = { number: 12, kind, tableId: tableName && "table", tableName, customerName };
  return heard("ticket_fired", { ...STEP, ...whose, stationName: "Grill", course: 1, lines: [] });
}

test("a bumped ticket is told with its table, its station and how long it took", () => {
  const names = namesOnPass(
    passBoard({ tickets: [card()], stations: [{ stationId: "station", name: "Grill", backupStationId: null }] }),
  );
  expect(factOf(heard("ticket_bumped", { ...STEP, ticketSeconds: 492 }), names)).toMatchObject({
    place: { kind: "table", table: "7" },
    said: { station: "Grill" },
    tookSeconds: 492,
    unknown: 0,
  });
});

test("what nobody knows the name of is counted, and told without it", () => {
  const fact = factOf(heard("ticket_served", STEP), NOBODY);
  expect(fact).toMatchObject({ place: { kind: "unknown" }, said: { station: UNNAMED }, unknown: 2 });
});

test("an order that is not eaten here is told by its guest, or by its number", () => {
  expect(factOf(fired("pickup", "Jun"), NOBODY).place).toEqual({ kind: "pickup", number: 12, name: "Jun" });
  expect(factOf(fired("delivery"), NOBODY).place).toEqual({ kind: "delivery", number: 12, name: UNNAMED });
});

test("items are counted, not lines", () => {
  const lines = [orderLine({ quantity: 2 }), orderLine({ quantity: 3 })];
  expect(factOf(heard("lines_added", { orderId: "order", lines }), NOBODY).said).toMatchObject({ count: 5 });
});

test("names are known from earlier entries where no board has them any more", () => {
  const names = namesInEntries([fired("dine_in")]);
  const fact = factOf(heard("ticket_cleared", STEP), names);
  expect(fact).toMatchObject({ place: { kind: "table", table: "7" }, said: { station: "Grill" }, unknown: 0 });
});

test("an alert is told of the table that waits", () => {
  const names = namesInEntries([
    heard("table_changed", { table: { tableId: "table", sectionId: "section", name: "9", seats: 2, x: 0, y: 0 } }),
  ]);
  const alert = { alertId: "alert", kind: "table_waiting", ticketId: null, orderId: null, stationId: null } as const;
  const fact = factOf(heard("alert_raised", { ...alert, tableId: "table" }), names);
  expect(fact).toMatchObject({ place: { kind: "table", table: "9" }, said: { kind: "table_waiting" }, unknown: 0 });
});

test("an order that leaves the board with an entry is still told with its table", () => {
  const kind = remembering(BOARDS.waiters, namesOnFloor);
  const after = kind.apply(floorBoard({ orders: [floorOrder()] }), heard("order_closed", { orderId: "order" }));
  expect(after.orders).toEqual([]);
  expect(after.facts).toMatchObject([{ event: "order_closed", place: { kind: "table", table: "7" } }]);
});

test("a board remembers what it heard since, through every change of it, up to a limit", () => {
  const kind = remembering(BOARDS.waiters, namesOnFloor);
  let board = kind.apply(floorBoard(), heard("alert_cleared", { alertId: "alert" }, 1));
  for (let seq = 2; seq <= FACTS_KEPT_MAX + 5; seq += 1) {
    board = kind.apply(board, heard("item_eighty_sixed", { itemId: `item ${seq % 2}`, itemName: "Soup" }, seq));
  }
  expect(board.facts).toHaveLength(FACTS_KEPT_MAX);
  expect(board.facts?.at(-1)?.seq).toBe(FACTS_KEPT_MAX + 5);
});

test("of what two rooms heard, the telling that knows more is kept, in the ledger's order", () => {
  const vague = factOf(heard("ticket_served", STEP, 4), NOBODY);
  const names = namesOnPass(
    passBoard({ tickets: [card()], stations: [{ stationId: "station", name: "Grill", backupStationId: null }] }),
  );
  const exact = factOf(heard("ticket_served", STEP, 4), names);
  const later = factOf(heard("alert_cleared", { alertId: "alert" }, 9), NOBODY);
  expect(merged([later, vague], [exact])).toEqual([exact, later]);
  expect(merged([exact], [vague])).toEqual([exact]);
});

test("what merely follows from another fact is counted and not told", () => {
  expect(isTold(factOf(heard("portions_changed", { itemId: "item", portionsLeft: 3 }), NOBODY))).toBe(false);
  expect(isTold(factOf(heard("item_eighty_sixed", { itemId: "item", itemName: "Soup" }), NOBODY))).toBe(true);
});
