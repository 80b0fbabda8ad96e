/** Tickets for tests, of which a test says only what it is about. Not part of any screen. */

import type { TicketCard, TicketLine } from "../hub/index.ts";

export const GRILL = { stationId: "grill", stationName: "Grill" };
export const FRY = { stationId: "fry", stationName: "Fry" };
export const COLD = { stationId: "cold", stationName: "Cold" };

export function aLine(told: Partial<TicketLine> = {}): TicketLine {
  return {
    lineId: "line",
    itemId: "ribeye",
    name: "Ribeye",
    quantity: 1,
    modifiers: [],
    note: null,
    seat: null,
    allergens: [],
    prepSeconds: 600,
    isVoided: false,
    isDisputed: false,
    restores: 0,
    ...told,
  };
}

export function aCard(told: Partial<TicketCard> = {}): TicketCard {
  return {
    ticketId: "ticket",
    ...GRILL,
    course: 1,
    status: "fired",
    isRushed: false,
    firedAt: "2026-11-21T19:00:00Z",
    startedAt: null,
    bumpedAt: null,
    backupStationId: null,
    recalls: 0,
    orderId: "order",
    number: 1,
    kind: "dine_in",
    tableId: "table",
    tableName: "12",
    customerName: null,
    lines: [aLine()],
    ...told,
  };
}
