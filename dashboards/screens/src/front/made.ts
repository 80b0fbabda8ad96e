/** Boards for the front door's tests, made of what a test names. Not its business: what a hub would say. */

import type {
  FloorOrder,
  OrderLine,
  PassBoard,
  ShownTicket,
  TicketCard,
  TicketLine,
  WaitersBoard,
} from "../hub/index.ts";

const POUND = { amount: 100, currency: "GBP" };
const HOUSE = { restaurantId: "house", alerts: [], eightySixed: [], portions: {} };
const AT = "2026-11-21T19:00:00.000000Z";

export function floorBoard(what: Partial<WaitersBoard> = {}): WaitersBoard {
  return { ...HOUSE, sections: [], tables: [], orders: [], ...what };
}

export function passBoard(what: Partial<PassBoard> = {}): PassBoard {
  return { ...HOUSE, stations: [], tickets: [], allDay: [], ...what };
}

export function floorOrder(what: Partial<FloorOrder> = {}): FloorOrder {
  return {
    orderId: "order",
    number: 1,
    kind: "dine_in",
    status: "placed",
    tableId: "table",
    tableName: "7",
    seatingId: "seating",
    customerName: null,
    placedAt: AT,
    total: POUND,
    tax: POUND,
    lines: [],
    tickets: [],
    ...what,
  };
}

export function orderLine(what: Partial<OrderLine> = {}): OrderLine {
  return {
    lineId: "line",
    itemId: "item",
    name: "Soup",
    quantity: 1,
    unitPrice: POUND,
    modifiers: [],
    note: null,
    seat: null,
    course: 1,
    status: "fired",
    ticketId: "ticket",
    isDisputed: false,
    restores: 0,
    ...what,
  };
}

export function ticket(what: Partial<ShownTicket> = {}): ShownTicket {
  return {
    ticketId: "ticket",
    stationId: "station",
    course: 1,
    status: "fired",
    isRushed: false,
    firedAt: AT,
    startedAt: null,
    bumpedAt: null,
    backupStationId: null,
    recalls: 0,
    ...what,
  };
}

export function card(what: Partial<TicketCard> = {}): TicketCard {
  return {
    ...ticket(),
    orderId: "order",
    number: 1,
    kind: "dine_in",
    tableId: "table",
    tableName: "7",
    customerName: null,
    stationName: "Grill",
    lines: [],
    ...what,
  };
}

export function ticketLine(what: Partial<TicketLine> = {}): TicketLine {
  return {
    lineId: "line",
    itemId: "item",
    name: "Soup",
    quantity: 1,
    modifiers: [],
    note: null,
    seat: null,
    allergens: [],
    prepSeconds: 300,
    isVoided: false,
    isDisputed: false,
    restores: 0,
    ...what,
  };
}
