/**
 * What needs a waiter now, the most urgent first: tickets that no cook can see, food that is ready to run, guests who
 * wait, courses to fire.
 *
 * Not its business: how it is shown, and doing something about it.
 */

import type { Alert, FloorOrder, OrderLine, ShownTicket, WaitersBoard } from "../hub/wire.ts";
import { courseToFire } from "./courses.ts";

/** Plates of one order and course that stand at the pass. */
export interface ToRun {
  readonly kind: "run";
  readonly key: string;
  readonly order: FloorOrder;
  readonly course: number;
  readonly plates: number;
  readonly stationIds: readonly string[];
  readonly since: string;
}

/** Somebody waits longer than the house allows. */
export interface Waiting {
  readonly kind: "waiting";
  readonly key: string;
  readonly alert: Alert;
  readonly tableId: string | null;
  readonly order: FloorOrder | null;
  readonly ticket: ShownTicket | null;
  readonly since: string;
}

/** A course that was to be fired with what was sent, and was not. */
export interface Wished {
  readonly orderId: string;
  readonly course: number;
}

/** A course of the order is held: nothing of it cooks or waits to be eaten, or it was to be fired long ago. */
export interface ToFire {
  readonly kind: "fire";
  readonly isWished: boolean;
  readonly key: string;
  readonly order: FloorOrder;
  readonly course: number;
  readonly since: string;
}

/** A void that crossed a bump: whoever brings the plates has to know that somebody at the pass decides. */
export interface Disputed {
  readonly kind: "disputed";
  readonly key: string;
  readonly order: FloorOrder;
  readonly line: OrderLine;
  /** Whether the guest has it already. */
  readonly isEaten: boolean;
  readonly since: string;
}

export type Attention = ToRun | Waiting | ToFire | Disputed;

/**
 * Everything that needs somebody, whose wait is the longest first within each kind. What somebody wanted fired and
 * believes to be cooking comes before all, for nobody else will think of it; after that what somebody has to decide, and
 * what no cook can see.
 */
export function attention(board: WaitersBoard, wished: readonly Wished[] = []): readonly Attention[] {
  const wishes = board.orders.flatMap((order) => {
    const courses = new Set(wished.filter((one) => one.orderId === order.orderId).map((one) => one.course));
    return [...courses].map((course) => fire(order, course, true));
  });
  const isWished = new Set(wishes.map((one) => one.key));
  const runs = board.orders.flatMap(toRun);
  const waits = board.alerts.map((alert) => waiting(alert, board));
  const [unseen, others] = [waits.filter(isUnseen), waits.filter((one) => !isUnseen(one))];
  const fires = board.orders.flatMap(toFire).filter((one) => !isWished.has(one.key));
  const disputed = board.orders.flatMap(toDecide);
  return [wishes, disputed, unseen, runs, others, fires].flatMap((some: readonly Attention[]) =>
    [...some].sort(longestFirst),
  );
}

function isUnseen({ alert }: Waiting): boolean {
  return alert.kind === "ticket_not_seen";
}

/** The table it is about; null for what is picked up or delivered. */
export function tableOf(one: Attention): string | null {
  return one.kind === "waiting" ? one.tableId : one.order.tableId;
}

/** What is of these tables, and what is of none and therefore everybody's. */
export function ofTables(all: readonly Attention[], tableIds: ReadonlySet<string>): readonly Attention[] {
  return all.filter((one) => {
    const tableId = tableOf(one);
    return tableId === null || tableIds.has(tableId);
  });
}

/** How many plates are ready for each table. */
export function platesByTable(all: readonly Attention[]): ReadonlyMap<string, number> {
  const plates = new Map<string, number>();
  for (const one of all) {
    if (one.kind !== "run" || one.order.tableId === null) continue;
    plates.set(one.order.tableId, (plates.get(one.order.tableId) ?? 0) + one.plates);
  }
  return plates;
}

/** The tables of which somebody waits too long. */
export function tablesWaiting(all: readonly Attention[]): ReadonlySet<string> {
  return new Set(all.flatMap((one) => (one.kind === "waiting" && one.tableId !== null ? [one.tableId] : [])));
}

function longestFirst(one: Attention, other: Attention): number {
  return one.since === other.since ? compare(one.key, other.key) : compare(one.since, other.since);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function toRun(order: FloorOrder): readonly ToRun[] {
  const ready = order.tickets.filter((ticket) => ticket.status === "bumped" && !isUndecided(order, ticket));
  return [...new Set(ready.map((ticket) => ticket.course))].map((course) => {
    const tickets = ready.filter((ticket) => ticket.course === course);
    const ids = new Set(tickets.map((ticket) => ticket.ticketId));
    return {
      kind: "run",
      key: `run:${order.orderId}:${course}`,
      order,
      course,
      plates: platesOf(order.lines, ids),
      stationIds: [...new Set(tickets.map((ticket) => ticket.stationId))],
      since: tickets
        .map((ticket) => ticket.bumpedAt ?? ticket.firedAt)
        .reduce((one, other) => (one < other ? one : other)),
    };
  });
}

/** Whether all of it is voided, and somebody has to decide whether it is brought all the same. */
function isUndecided({ lines }: FloorOrder, { ticketId }: ShownTicket): boolean {
  const mine = lines.filter((line) => line.ticketId === ticketId);
  return mine.some((line) => line.isDisputed) && mine.every((line) => line.status === "voided");
}

function toDecide(order: FloorOrder): readonly Disputed[] {
  return order.lines
    .filter((line) => line.isDisputed)
    .map((line) => {
      const ticket = order.tickets.find((one) => one.ticketId === line.ticketId);
      const since = ticket?.bumpedAt ?? ticket?.firedAt ?? order.placedAt;
      const isEaten = ticket?.status === "served";
      return { kind: "disputed", key: `disputed:${line.lineId}`, order, line, isEaten, since };
    });
}

function platesOf(lines: readonly OrderLine[], ticketIds: ReadonlySet<string>): number {
  return lines.reduce((sum, line) => {
    return line.status === "fired" && line.ticketId !== null && ticketIds.has(line.ticketId)
      ? sum + line.quantity
      : sum;
  }, 0);
}

function waiting(alert: Alert, board: WaitersBoard): Waiting {
  const order = board.orders.find((one) => one.orderId === alert.orderId) ?? null;
  const ticket = order?.tickets.find((one) => one.ticketId === alert.ticketId) ?? null;
  const tableId = alert.tableId ?? order?.tableId ?? null;
  const table = board.tables.find((one) => one.tableId === tableId);
  const waitsSince = alert.kind === "table_waiting" ? table?.statusSince : ticket?.firedAt;
  return {
    kind: "waiting",
    key: `waiting:${alert.alertId}`,
    alert,
    tableId,
    order,
    ticket,
    since: waitsSince ?? alert.raisedAt,
  };
}

function toFire(order: FloorOrder): readonly ToFire[] {
  const course = courseToFire(order);
  return course === null ? [] : [fire(order, course, false)];
}

function fire(order: FloorOrder, course: number, isWished: boolean): ToFire {
  const eaten = order.tickets.flatMap((ticket) => ticket.bumpedAt ?? []);
  const since = eaten.reduce((one, other) => (one > other ? one : other), order.placedAt);
  return { kind: "fire", key: `fire:${order.orderId}:${course}`, isWished, order, course, since };
}
