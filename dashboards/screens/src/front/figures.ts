/**
 * The restaurant in a few numbers: who sits, what is cooked, what waits on the pass.
 *
 * Each number is there as far as the boards that somebody may see tell it. Not its business: how numbers are shown.
 */

import type { PassBoard, TicketStatus, WaitersBoard } from "../hub/index.ts";
import { TABLES_OCCUPIED, TICKETS_OPEN } from "../hub/wire.ts";

/** The dining room now. */
export interface FloorFigures {
  readonly tablesSeated: number;
  readonly tables: number;
  readonly covers: number;
}

/** The kitchen now. */
export interface KitchenFigures {
  readonly ordersInKitchen: number;
  readonly ticketsOpen: number;
  /** When the oldest of them was fired, on the hub's clock; null where none is open. */
  readonly oldestFiredAt: string | null;
  /** What is cooked and not yet served, counted as it was ordered. */
  readonly platesReady: number;
}

export function floorFigures({ tables }: WaitersBoard): FloorFigures {
  return {
    tablesSeated: tables.filter((one) => TABLES_OCCUPIED.has(one.status)).length,
    tables: tables.length,
    covers: tables.reduce((sum, one) => sum + (one.seating?.covers ?? 0), 0),
  };
}

/** The kitchen as the pass shows it. */
export function figuresOfPass({ tickets }: PassBoard): KitchenFigures {
  return counted(
    tickets.map(({ orderId, status, firedAt, lines }) => ({
      orderId,
      status,
      firedAt,
      plates: lines.reduce((sum, line) => sum + (line.isVoided ? 0 : line.quantity), 0),
    })),
  );
}

/** The kitchen as the floor knows it, for people who have no place on the pass. */
export function figuresOfOrders({ orders }: WaitersBoard): KitchenFigures {
  return counted(
    orders.flatMap(({ orderId, tickets, lines }) =>
      tickets.map(({ ticketId, status, firedAt }) => ({
        orderId,
        status,
        firedAt,
        plates: lines.reduce((sum, line) => {
          return sum + (line.ticketId === ticketId && line.status !== "voided" ? line.quantity : 0);
        }, 0),
      })),
    ),
  );
}

interface Counted {
  readonly orderId: string;
  readonly status: TicketStatus;
  readonly firedAt: string;
  readonly plates: number;
}

function counted(tickets: readonly Counted[]): KitchenFigures {
  const open = tickets.filter((one) => TICKETS_OPEN.has(one.status));
  const ready = tickets.filter((one) => one.status === "bumped");
  return {
    ordersInKitchen: new Set(open.map((one) => one.orderId)).size,
    ticketsOpen: open.length,
    oldestFiredAt: open.reduce<string | null>((oldest, { firedAt }) => {
      return oldest === null || firedAt < oldest ? firedAt : oldest;
    }, null),
    platesReady: ready.reduce((sum, one) => sum + one.plates, 0),
  };
}
