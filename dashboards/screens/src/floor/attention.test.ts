import { expect, test } from "vitest";

import { attention, ofTables, platesByTable, tablesWaiting } from "./attention.ts";
import { board, line, order, table, ticket } from "./examples.ts";

const ready = ticket({ ticketId: "t", status: "bumped", bumpedAt: "2026-11-21T19:10:00+00:00" });
const plates = line({ lineId: "a", quantity: 2, status: "fired", ticketId: "t" });

test("food to run is told with its plates, its stations and since when the first of it is ready", () => {
  const later = ticket({ ticketId: "u", stationId: "fry", status: "bumped", bumpedAt: "2026-11-21T19:11:00+00:00" });
  const chips = line({ lineId: "b", status: "fired", ticketId: "u" });
  const [run] = attention(board({ orders: [order({ lines: [plates, chips], tickets: [ready, later] })] }));
  expect(run).toMatchObject({ kind: "run", course: 1, plates: 3, stationIds: ["grill", "fry"], since: ready.bumpedAt });
});

test("each course that is ready is run by itself", () => {
  const second = ticket({ ticketId: "u", course: 2, status: "bumped", bumpedAt: ready.bumpedAt });
  const tickets = [ready, second];
  const runs = attention(board({ orders: [order({ lines: [plates], tickets })] }));
  expect(runs.map((one) => one.kind === "run" && one.course)).toEqual([1, 2]);
});

test("a voided plate is not run", () => {
  const gone = line({ lineId: "b", quantity: 5, status: "voided", ticketId: "t" });
  const [run] = attention(board({ orders: [order({ lines: [plates, gone], tickets: [ready] })] }));
  expect(run).toMatchObject({ plates: 2 });
});

test("a void that crossed a bump is told before the food, until it is decided", () => {
  const crossed = line({ lineId: "b", name: "Soup", status: "voided", ticketId: "t", isDisputed: true });
  const [first, second] = attention(board({ orders: [order({ lines: [plates, crossed], tickets: [ready] })] }));
  expect(first).toMatchObject({ kind: "disputed", line: { name: "Soup" }, since: ready.bumpedAt });
  expect(second).toMatchObject({ kind: "run", plates: 2 });
  const alone = attention(board({ orders: [order({ lines: [crossed], tickets: [ready] })] }));
  expect(alone.map((one) => one.kind)).toEqual(["disputed"]);
});

test("food comes before guests who wait, they before courses to fire, and the longest wait first", () => {
  const held = (orderId: string, placedAt: string) => order({ orderId, placedAt, lines: [line({})] });
  const alert = {
    alertId: "x",
    kind: "table_waiting",
    ticketId: null,
    orderId: null,
    stationId: null,
    tableId: "table",
    raisedAt: "2026-11-21T19:30:00+00:00",
  } as const;
  const orders = [
    held("late", "2026-11-21T19:05:00+00:00"),
    held("early", "2026-11-21T19:01:00+00:00"),
    order({ orderId: "hot", lines: [plates], tickets: [ready] }),
  ];
  const all = attention(board({ orders, alerts: [alert], tables: [table({})] }));
  expect(all.map((one) => one.key)).toEqual(["run:hot:1", "waiting:x", "fire:early:1", "fire:late:1"]);
});

test("what no cook can see comes before the food that is ready, and names who shows it as well", () => {
  const unseen = ticket({ ticketId: "u", backupStationId: "stove" });
  const alert = {
    alertId: "x",
    kind: "ticket_not_seen",
    ticketId: "u",
    orderId: "order",
    stationId: "grill",
    tableId: null,
    raisedAt: "2026-11-21T19:30:00+00:00",
  } as const;
  const all = attention(board({ orders: [order({ lines: [plates], tickets: [ready, unseen] })], alerts: [alert] }));
  expect(all.map((one) => one.key)).toEqual(["waiting:x", "run:order:1"]);
  expect(all[0]).toMatchObject({ ticket: { backupStationId: "stove" } });
});

test("a table waits since it came into its state, not since somebody noticed", () => {
  const statusSince = "2026-11-21T18:50:00+00:00";
  const raisedAt = "2026-11-21T19:00:00+00:00";
  const alert = {
    alertId: "x",
    kind: "table_waiting",
    ticketId: null,
    orderId: null,
    stationId: null,
    tableId: "table",
    raisedAt,
  } as const;
  const all = attention(board({ alerts: [alert], tables: [table({ statusSince })] }));
  expect(all[0]?.since).toBe(statusSince);
  expect([...tablesWaiting(all)]).toEqual(["table"]);
});

test("a section sees what is of its tables, and what is of none", () => {
  const orders = [
    order({ orderId: "mine", tableId: "7", lines: [line({})] }),
    order({ orderId: "theirs", tableId: "8", lines: [line({})] }),
    order({ orderId: "pickup", kind: "pickup", tableId: null, lines: [plates], tickets: [ready] }),
  ];
  const keys = ofTables(attention(board({ orders })), new Set(["7"])).map((one) => one.key);
  expect(keys).toEqual(["run:pickup:1", "fire:mine:1"]);
});

test("a table's badge counts the plates of all its orders", () => {
  const orders = [
    order({ orderId: "one", lines: [plates], tickets: [ready] }),
    order({ orderId: "two", lines: [plates], tickets: [ready] }),
  ];
  expect([...platesByTable(attention(board({ orders })))]).toEqual([["table", 4]]);
});

test("a course that was to be fired is told once, before everything else, also while another one cooks", () => {
  const cooking = order({
    orderId: "cooking",
    lines: [line({ lineId: "a", status: "fired", ticketId: "t" }), line({ lineId: "b" })],
    tickets: [ticket({ ticketId: "t", status: "started" })],
  });
  const toRun = order({ orderId: "ready", lines: [plates], tickets: [ready] });
  const held = order({ orderId: "held", lines: [line({})] });
  const wished = [
    { orderId: "cooking", course: 1 },
    { orderId: "held", course: 1 },
    { orderId: "held", course: 1 },
  ];
  const all = attention(board({ orders: [toRun, held, cooking] }), wished);
  expect(all.map((one) => [one.kind, one.order?.orderId, one.kind === "fire" && one.isWished])).toEqual([
    ["fire", "cooking", true],
    ["fire", "held", true],
    ["run", "ready", false],
  ]);
});
