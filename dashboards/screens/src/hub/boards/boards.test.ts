/**
 * What a screen relies on besides the law: that nothing new means nothing to draw.
 *
 * Whether each board becomes what the hub would read is shown by `law.test.ts`, on what really happened.
 */

import { describe, expect, test } from "vitest";

import {
  type Entry,
  type Events,
  type ItemBoard,
  NOTICES_MAX,
  type PassBoard,
  type TableBoard,
  type TicketCard,
  type UserBoard,
  type WaitersBoard,
} from "../wire.ts";
import { BOARDS } from "./index.ts";

const SIX = "2026-11-20T18:00:00.000000Z";
const PLACE = { room: "kitchen:1", seq: 8, prev: 7, timestamp: "2026-11-20T18:30:00.000000Z" };

function card(ticketId: string, name: string): TicketCard {
  return {
    ticketId,
    stationId: "grill",
    course: 1,
    status: "fired",
    isRushed: false,
    firedAt: SIX,
    startedAt: null,
    bumpedAt: null,
    backupStationId: null,
    recalls: 0,
    orderId: "12",
    number: 12,
    kind: "dine_in",
    tableId: "7",
    tableName: "7",
    customerName: null,
    stationName: "Grill",
    lines: [
      {
        lineId: `line of ${ticketId}`,
        itemId: name,
        name,
        quantity: 1,
        modifiers: [],
        note: null,
        seat: null,
        allergens: [],
        prepSeconds: 600,
        isVoided: false,
        isDisputed: false,
        restores: 0,
      },
    ],
  };
}

const PASS: PassBoard = {
  restaurantId: "1",
  alerts: [],
  eightySixed: [],
  portions: { c: 3 },
  stations: [{ stationId: "grill", name: "Grill", backupStationId: null }],
  tickets: [card("t1", "Burger"), card("t2", "Steak")],
  allDay: [
    { itemId: "Burger", name: "Burger", quantity: 1 },
    { itemId: "Steak", name: "Steak", quantity: 1 },
  ],
};
const ITEM: ItemBoard = { productId: "c", name: "Tart", quantity: 3, available: true };
const TABLE: TableBoard = {
  tableId: "7",
  name: "7",
  seats: 4,
  status: "free",
  statusSince: SIX,
  seating: null,
  orders: [],
};
const USER: UserBoard = { userId: "u", notices: [], roles: { b: ["cook"] } };

const NEWS: Events["order_status_update"] = {
  orderId: "12",
  status: "served",
  details: {
    number: 12,
    kind: "dine_in",
    tableId: "7",
    message: "Enjoy your meal.",
    total: { amount: 795, currency: "GBP" },
    tax: { amount: 0, currency: "GBP" },
    lines: null,
  },
};

function step(event: "ticket_started" | "ticket_rushed" | "ticket_served", ticketId: string): Entry {
  return { ...PLACE, event, ticketId, orderId: "12", stationId: "grill", backupStationId: null };
}

describe("a card", () => {
  test("that did not change is the same object, and what is wanted all day as well", () => {
    const after = BOARDS.pass.apply(PASS, step("ticket_started", "t1"));

    expect(after.tickets[0]).toMatchObject({ status: "started", startedAt: PLACE.timestamp });
    expect(after.tickets[1]).toBe(PASS.tickets[1]);
    expect(after.tickets[0]?.lines).toBe(PASS.tickets[0]?.lines);
    expect(after.allDay).toBe(PASS.allDay);
    expect(after.stations).toBe(PASS.stations);
  });

  test("that goes takes only its own share of what is wanted all day", () => {
    const after = BOARDS.pass.apply(PASS, {
      ...PLACE,
      event: "ticket_bumped",
      ticketId: "t1",
      orderId: "12",
      stationId: "grill",
      backupStationId: null,
      ticketSeconds: 9,
    });

    expect(after.allDay).toEqual([PASS.allDay[1]]);
    expect(after.allDay[0]).toBe(PASS.allDay[1]);
  });

  test("that nobody has heard of changes nothing", () => {
    expect(BOARDS.pass.apply(PASS, step("ticket_served", "t9"))).toBe(PASS);
  });

  test("that is rushed again is as it was", () => {
    const rushed = BOARDS.pass.apply(PASS, step("ticket_rushed", "t2"));

    expect(BOARDS.pass.apply(rushed, step("ticket_rushed", "t2"))).toBe(rushed);
  });

  test("keeps its state where the lifecycle has no such step", () => {
    expect(BOARDS.pass.apply(PASS, step("ticket_served", "t1"))).toBe(PASS);
  });
});

describe("a ticket that another station shows as well", () => {
  const { status: _, startedAt: __, bumpedAt: ___, ...head } = card("t3", "Soup");
  const news: Entry = { ...PLACE, event: "ticket_backed_up", ...head, isRushed: true, backupStationId: "cold" };
  const station = { stationId: "cold", name: "Cold", backupStationId: null };

  test("hangs there as it hangs at home, as old and as rushed", () => {
    const board = { restaurantId: "1", station, tickets: [], allDay: [] };
    const [hung] = BOARDS.station.apply(board, news).tickets;

    expect(hung).toStrictEqual({ ...card("t3", "Soup"), isRushed: true, backupStationId: "cold" });
  });

  test("only says so where it hangs already", () => {
    const after = BOARDS.pass.apply(PASS, { ...news, ticketId: "t1" });

    expect(after.tickets).toHaveLength(2);
    expect(after.tickets[0]).toStrictEqual({ ...PASS.tickets[0], backupStationId: "cold" });
  });
});

test("an event that is not known here yet leaves every board as it is", () => {
  const unheardOf: Entry = JSON.parse(JSON.stringify({ ...step("ticket_started", "t1"), event: "ticket_dropped" }));

  expect(BOARDS.pass.apply(PASS, unheardOf)).toBe(PASS);
  expect(BOARDS.item.apply(ITEM, unheardOf)).toBe(ITEM);
  expect(BOARDS.table.apply(TABLE, unheardOf)).toBe(TABLE);
  expect(BOARDS.user.apply(USER, unheardOf)).toBe(USER);
});

describe("the hub's order", () => {
  test("of tickets is as they were fired, whatever their ids", () => {
    const { lines, ...head } = card("t0", "Soup");

    const after = BOARDS.pass.apply(PASS, { ...PLACE, event: "ticket_fired", ...head, lines });

    expect(after.tickets.map((one) => one.ticketId)).toEqual(["t1", "t2", "t0"]);
    expect(after.tickets[2]).toStrictEqual({ ...card("t0", "Soup"), firedAt: PLACE.timestamp });
  });

  test("of alerts is as they were raised, whatever their ids", () => {
    const subject = { kind: "table_waiting", ticketId: null, orderId: null, stationId: null, tableId: "7" } as const;
    const board = { ...PASS, alerts: [{ alertId: "b", raisedAt: SIX, ...subject }] };

    const after = BOARDS.pass.apply(board, { ...PLACE, event: "alert_raised", alertId: "a", ...subject });

    expect(after.alerts.map((one) => one.alertId)).toEqual(["b", "a"]);
  });

  test("of stations is that of their ids", () => {
    const after = BOARDS.pass.apply(PASS, { ...PLACE, event: "station_added", stationId: "bar", stationName: "Bar" });

    expect(after.stations.map((one) => one.name)).toEqual(["Bar", "Grill"]);
  });

  test("of a party's orders is that of their ids", () => {
    const seating = { seatingId: "s", covers: 2, seatedAt: SIX };
    const heard = ["12", "11", "13"].map((orderId): Entry => {
      return { ...PLACE, event: "order_status_update", ...NEWS, orderId };
    });

    const after = heard.reduce(BOARDS.table.apply, { ...TABLE, seating });

    expect(after.orders.map((one) => one.orderId)).toEqual(["11", "12", "13"]);
  });
});

test("an order of which the floor hears that it is closed leaves the floor", () => {
  const floor: WaitersBoard = {
    restaurantId: "1",
    alerts: [],
    eightySixed: [],
    portions: {},
    sections: [],
    tables: [],
    orders: [],
  };
  const placed = BOARDS.waiters.apply(floor, {
    ...PLACE,
    event: "order_placed",
    orderId: "12",
    number: 12,
    kind: "dine_in",
    tableId: "7",
    tableName: "7",
    seatingId: "s",
    customerName: null,
    lines: [],
  });
  expect(placed.orders).toHaveLength(1);

  const after = BOARDS.waiters.apply(placed, { ...PLACE, event: "order_status_update", ...NEWS, status: "closed" });

  expect(after).toStrictEqual(floor);
});

test("portions are listed in the hub's order, whatever was counted first", () => {
  const counted = BOARDS.pass.apply(PASS, { ...PLACE, event: "portions_changed", itemId: "a", portionsLeft: 2 });

  expect(Object.entries(counted.portions)).toEqual([
    ["a", 2],
    ["c", 3],
  ]);
});

test("a restaurant that gives somebody a role is listed in the hub's order, and the role as well", () => {
  const after = BOARDS.user.apply(USER, {
    ...PLACE,
    event: "your_rights_changed",
    userId: "u",
    restaurantId: "a",
    roles: ["owner", "expo"],
  });

  expect(Object.entries(after.roles)).toEqual([
    ["a", ["expo", "owner"]],
    ["b", ["cook"]],
  ]);
});

test("a table at which nobody sits hears nothing of orders", () => {
  expect(BOARDS.table.apply(TABLE, { ...PLACE, event: "order_status_update", ...NEWS })).toBe(TABLE);
});

test("a person is shown the last notices, the newest first", () => {
  let board = USER;
  for (let night = 0; night <= NOTICES_MAX; night += 1) {
    const said = { title: `Order ${night}`, message: "It is ready.", type: "order_ready" } as const;
    board = BOARDS.user.apply(board, { ...PLACE, event: "real_time_notification", ...said });
  }

  expect(board.notices).toHaveLength(NOTICES_MAX);
  expect(board.notices[0]?.title).toBe(`Order ${NOTICES_MAX}`);
});
