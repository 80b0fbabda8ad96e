/**
 * An order as a waiter reads it: what of each course is held, cooking, ready or with the guest, and what comes next.
 *
 * Not its business: who may ask for the next step beyond what a screen needs to offer it; the hub decides.
 */

import type { FloorOrder, OrderLine, Role, ShownTicket, TicketStatus } from "../hub/wire.ts";

/** How far a line is, in a waiter's words. */
export type LineState = "held" | "fired" | "cooking" | "ready" | "served" | "voided";

const STATES: Readonly<Record<TicketStatus, LineState>> = {
  fired: "fired",
  started: "cooking",
  bumped: "ready",
  served: "served",
  voided: "voided",
  cleared: "voided",
};

/** A course of one order. What was voided is listed, and counts for nothing. */
export interface Course {
  readonly course: number;
  readonly lines: readonly { readonly line: OrderLine; readonly state: LineState }[];
  readonly heldQuantity: number;
  readonly readyQuantity: number;
}

/** A line is as far as its ticket, once it has one. */
export function lineState(line: OrderLine, tickets: readonly ShownTicket[]): LineState {
  if (line.status !== "fired") return line.status;
  const ticket = tickets.find((one) => one.ticketId === line.ticketId);
  return ticket === undefined ? "fired" : STATES[ticket.status];
}

/** The order's courses as they are eaten; within a course by seat, what is for the whole table first. */
export function coursesOf(order: FloorOrder): readonly Course[] {
  const numbers = [...new Set(order.lines.map((line) => line.course))].sort((one, other) => one - other);
  return numbers.map((course) => {
    const lines = order.lines
      .filter((line) => line.course === course)
      .map((line) => ({ line, state: lineState(line, order.tickets) }))
      .sort((one, other) => (one.line.seat ?? 0) - (other.line.seat ?? 0));
    return { course, lines, heldQuantity: quantityOf(lines, "held"), readyQuantity: quantityOf(lines, "ready") };
  });
}

function quantityOf(lines: Course["lines"], state: LineState): number {
  return lines.reduce((sum, one) => (one.state === state ? sum + one.line.quantity : sum), 0);
}

/** Whether an order can be closed: nothing of it is still to come, or to be decided. */
export function isDone(order: FloorOrder): boolean {
  if (order.lines.some((line) => line.isDisputed)) return false;
  return order.lines.every((line) => ["served", "voided"].includes(lineState(line, order.tickets)));
}

/** The course to fire next: the first that is held, once nothing fired is still to be eaten; else null. */
export function courseToFire(order: FloorOrder): number | null {
  const states = order.lines.map((line) => lineState(line, order.tickets));
  if (states.some((state) => state === "fired" || state === "cooking" || state === "ready")) return null;
  const held = order.lines.filter((_line, at) => states[at] === "held").map((line) => line.course);
  return held.length === 0 ? null : Math.min(...held);
}

const HEADS: ReadonlySet<Role> = new Set(["manager", "owner"]);

/** Whether these people may take a line back: anybody until it is fired, then a manager until it is served. */
export function mayVoid(state: LineState, roles: readonly Role[]): boolean {
  if (state === "held") return true;
  return state !== "served" && state !== "voided" && roles.some((role) => HEADS.has(role));
}

/** The same of a whole order: until anything is fired, and then a manager until anything is served. */
export function mayCancel({ tickets }: FloorOrder, roles: readonly Role[]): boolean {
  if (tickets.length === 0) return true;
  return roles.some((role) => HEADS.has(role)) && tickets.every((ticket) => ticket.status !== "served");
}
