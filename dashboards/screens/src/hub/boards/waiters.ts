/**
 * The floor's board: sections, tables and who sits at them, and every order that is still open.
 *
 * An order is on it from being placed until it is closed or cancelled; tickets that were served or voided stay listed
 * with it. Not its business: what guests may see (`table.ts`, `order.ts`), and cooking.
 */

import {
  type Entry,
  type FloorOrder,
  type FloorTable,
  type LineMoved,
  type OrderLine,
  type OrderPlaced,
  ORDERS_OVER,
  type Place,
  type ShownTicket,
  type TicketFired,
  type WaitersBoard,
} from "../wire.ts";
import { houseNews } from "./house.ts";
import { changed, eachChanged, without } from "./sharing.ts";
import { sorted } from "./sorting.ts";
import { seated } from "./table.ts";
import { allMoved, inOrder, isTicketNews, type VoidNews } from "./tickets.ts";

export function applyToWaiters(board: WaitersBoard, entry: Entry): WaitersBoard {
  return changed(board, {
    ...houseNews(board, entry),
    sections: sectionsAfter(board.sections, entry),
    tables: tablesAfter(board.tables, entry),
    orders: ordersAfter(board.orders, entry),
  });
}

function sectionsAfter(sections: WaitersBoard["sections"], entry: Entry): WaitersBoard["sections"] {
  if (entry.event !== "section_added") return sections;
  return sorted([...sections, { sectionId: entry.sectionId, name: entry.sectionName }], (one) => one.sectionId);
}

// Orders

function ordersAfter(orders: readonly FloorOrder[], entry: Entry): readonly FloorOrder[] {
  switch (entry.event) {
    case "order_placed":
      // As they were placed.
      return sorted(
        [...orders, placed(entry)],
        (one) => one.placedAt,
        (one) => one.orderId,
      );
    case "line_moved":
      return withMoved(orders, entry);
    case "order_closed":
    case "order_cancelled":
      return without(orders, (one) => one.orderId === entry.orderId);
    default: {
      const after = eachChanged(orders, (one) => orderAfter(one, entry));
      return without(after, (one) => ORDERS_OVER.has(one.status));
    }
  }
}

function orderAfter(order: FloorOrder, entry: Entry): FloorOrder {
  if (!("orderId" in entry) || entry.orderId !== order.orderId) return order;
  switch (entry.event) {
    case "lines_added":
      return changed(order, { lines: [...order.lines, ...entry.lines] });
    case "line_voided":
      return withVoided(order, (line) => line.lineId === entry.lineId);
    case "order_status_update":
      return changed(order, { status: entry.status, total: entry.details.total, tax: entry.details.tax });
    case "ticket_fired":
      return withFired(order, entry);
    case "ticket_voided": {
      // A cancelled order voids whole tickets, without a word about their lines.
      const voided = withVoided(order, (line) => line.ticketId === entry.ticketId);
      return changed(voided, { tickets: allMoved(voided.tickets, entry) });
    }
    case "void_crossed":
    case "void_decided":
      return changed(withVoid(order, entry), { tickets: allMoved(order.tickets, entry) });
    default:
      return isTicketNews(entry) ? changed(order, { tickets: allMoved(order.tickets, entry) }) : order;
  }
}

/** A new order. What it comes to with tax is told by the update that always follows in the same commit. */
function placed(entry: OrderPlaced & Place): FloorOrder {
  const currency = entry.lines[0]?.unitPrice.currency ?? "";
  const amount = entry.lines.reduce((sum, line) => sum + line.unitPrice.amount * line.quantity, 0);
  return {
    orderId: entry.orderId,
    number: entry.number,
    kind: entry.kind,
    status: "placed",
    tableId: entry.tableId,
    tableName: entry.tableName,
    seatingId: entry.seatingId,
    customerName: entry.customerName,
    placedAt: entry.timestamp,
    total: { amount, currency },
    tax: { amount: 0, currency },
    lines: entry.lines,
    tickets: [],
  };
}

function withVoided(order: FloorOrder, isMeant: (line: OrderLine) => boolean): FloorOrder {
  return changed(order, {
    lines: eachChanged(order.lines, (line) => {
      return isMeant(line) ? changed(line, { status: "voided", isDisputed: false }) : line;
    }),
  });
}

/** What the ticket's card says of its lines. */
function withVoid(order: FloorOrder, news: VoidNews): FloorOrder {
  const told = new Map(news.lines.map((line) => [line.lineId, line]));
  const asTold = (line: OrderLine): OrderLine => {
    const now = told.get(line.lineId);
    if (now === undefined) return line;
    const { isDisputed, restores } = now;
    return changed(line, { status: now.isVoided ? "voided" : "fired", isDisputed, restores });
  };
  return changed(order, { lines: eachChanged(order.lines, asTold) });
}

/** A line keeps its place on its order; on another one it comes last. */
function withMoved(
  orders: readonly FloorOrder[],
  { orderId, lineId, toOrderId, seat }: LineMoved,
): readonly FloorOrder[] {
  const isMeant = (line: OrderLine): boolean => line.lineId === lineId;
  const reseated = (line: OrderLine): OrderLine => (isMeant(line) ? changed(line, { seat }) : line);
  if (toOrderId === orderId) {
    return eachChanged(orders, (one) => changed(one, { lines: eachChanged(one.lines, reseated) }));
  }
  const moved = orders
    .flatMap((one) => one.lines)
    .filter(isMeant)
    .map(reseated);
  return eachChanged(orders, (one) => {
    const lines = one.orderId === toOrderId ? [...one.lines, ...moved] : without(one.lines, isMeant);
    return changed(one, { lines });
  });
}

function withFired(order: FloorOrder, entry: TicketFired & Place): FloorOrder {
  const ids = new Set(entry.lines.map((line) => line.lineId));
  const { ticketId, stationId, course } = entry;
  const ticket: ShownTicket = {
    ticketId,
    stationId,
    course,
    status: "fired",
    isRushed: false,
    firedAt: entry.timestamp,
    startedAt: null,
    bumpedAt: null,
    backupStationId: null,
    recalls: 0,
  };
  return changed(order, {
    lines: eachChanged(order.lines, (line) => {
      return ids.has(line.lineId) ? changed(line, { status: "fired", ticketId }) : line;
    }),
    tickets: inOrder([...order.tickets, ticket]),
  });
}

// Tables

function tablesAfter(tables: readonly FloorTable[], entry: Entry): readonly FloorTable[] {
  switch (entry.event) {
    case "table_added": {
      const added: FloorTable = { ...entry.table, status: "free", statusSince: entry.timestamp, seating: null };
      return sorted([...tables, added], (one) => one.tableId);
    }
    case "table_removed":
      return without(tables, (one) => one.tableId === entry.tableId);
    case "table_changed":
      return withTable(tables, entry.table.tableId, entry.table);
    case "party_seated":
      return withTable(tables, entry.tableId, { seating: seated(entry) });
    case "party_left":
      return withTable(tables, entry.tableId, { seating: null });
    case "table_status_changed":
      return withTable(tables, entry.tableId, { status: entry.status, statusSince: entry.timestamp });
    default:
      return tables;
  }
}

function withTable(tables: readonly FloorTable[], tableId: string, now: Partial<FloorTable>): readonly FloorTable[] {
  return eachChanged(tables, (one) => (one.tableId === tableId ? changed(one, now) : one));
}
