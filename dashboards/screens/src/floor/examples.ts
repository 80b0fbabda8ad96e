/** Orders, tables and items to try the floor's rules on. No screen uses them. */

import type {
  FloorOrder,
  FloorTable,
  MenuItem,
  ModifierGroup,
  OrderLine,
  ShownTicket,
  WaitersBoard,
} from "../hub/wire.ts";

const AT = "2026-11-21T19:00:00+00:00";
const NOTHING = { amount: 0, currency: "GBP" };

export function line(said: Partial<OrderLine>): OrderLine {
  return {
    lineId: "line",
    itemId: "soup",
    name: "Soup",
    quantity: 1,
    unitPrice: { amount: 650, currency: "GBP" },
    modifiers: [],
    note: null,
    seat: null,
    course: 1,
    status: "held",
    ticketId: null,
    isDisputed: false,
    restores: 0,
    ...said,
  };
}

export function ticket(said: Partial<ShownTicket>): ShownTicket {
  return {
    ticketId: "ticket",
    stationId: "grill",
    course: 1,
    status: "fired",
    isRushed: false,
    firedAt: AT,
    startedAt: null,
    bumpedAt: null,
    backupStationId: null,
    recalls: 0,
    ...said,
  };
}

export function order(said: Partial<FloorOrder>): FloorOrder {
  return {
    orderId: "order",
    number: 41,
    kind: "dine_in",
    status: "placed",
    tableId: "table",
    tableName: "7",
    seatingId: "seating",
    customerName: null,
    placedAt: AT,
    total: NOTHING,
    tax: NOTHING,
    lines: [],
    tickets: [],
    ...said,
  };
}

export function table(said: Partial<FloorTable>): FloorTable {
  return {
    tableId: "table",
    sectionId: "window",
    name: "7",
    seats: 4,
    x: 0,
    y: 0,
    status: "free",
    statusSince: AT,
    seating: null,
    ...said,
  };
}

export function board(said: Partial<WaitersBoard>): WaitersBoard {
  return {
    restaurantId: "house",
    alerts: [],
    eightySixed: [],
    portions: {},
    sections: [],
    tables: [],
    orders: [],
    ...said,
  };
}

export function item(said: Partial<MenuItem>): MenuItem {
  return {
    id: "soup",
    sectionId: "starters",
    name: "Soup",
    description: null,
    price: { amount: 650, currency: "GBP" },
    station: "stove",
    stationsByKind: {},
    prepSeconds: 300,
    allergens: [],
    dietTags: [],
    portionsLeft: null,
    isEightySixed: false,
    available: true,
    modifierGroups: [],
    ...said,
  };
}

/** A choice with a modifier of every one of these ids; the last costs a pound more. */
export function group(min: number, max: number, ...ids: readonly string[]): ModifierGroup {
  const modifiers = ids.map((id, at) => ({
    id,
    name: id.toUpperCase(),
    priceDelta: { amount: at === ids.length - 1 ? 100 : 0, currency: "GBP" },
    allergens: [],
  }));
  return { id: ids.join(), name: "Choice", min, max, modifiers };
}
