/**
 * What people call the things that entries name by id: the table of an order, the name of a station.
 *
 * Entries about a ticket say which order and which station, in ids alone; a board, or an earlier entry, knows the rest.
 * Not its business: sentences.
 */

import type { Entry, OrderKind, PassBoard, WaitersBoard } from "../hub/index.ts";

/** Whose an order is, as far as it can be told. */
export interface Whose {
  readonly kind: OrderKind;
  readonly number: number;
  readonly tableName: string | null;
  readonly customerName: string | null;
}

export interface Names {
  readonly order: (orderId: string) => Whose | undefined;
  readonly station: (stationId: string) => string | undefined;
  readonly table: (tableId: string) => string | undefined;
}

export function namesOnFloor(board: WaitersBoard): Names {
  return {
    order: (orderId) => board.orders.find((one) => one.orderId === orderId),
    station: () => undefined,
    table: (tableId) => board.tables.find((one) => one.tableId === tableId)?.name,
  };
}

export function namesOnPass(board: PassBoard): Names {
  return {
    order: (orderId) => board.tickets.find((one) => one.orderId === orderId),
    station: (stationId) => board.stations.find((one) => one.stationId === stationId)?.name,
    table: (tableId) => board.tickets.find((one) => one.tableId === tableId)?.tableName ?? undefined,
  };
}

/** What entries say themselves, for those that were recorded before any board here was read. */
export function namesInEntries(entries: readonly Entry[]): Names {
  const orders = new Map<string, Whose>();
  const stations = new Map<string, string>();
  const tables = new Map<string, string>();
  for (const entry of entries) {
    if ("number" in entry) orders.set(entry.orderId, entry);
    if ("stationName" in entry) stations.set(entry.stationId, entry.stationName);
    if ("table" in entry) tables.set(entry.table.tableId, entry.table.name);
  }
  return {
    order: (orderId) => orders.get(orderId),
    station: (stationId) => stations.get(stationId),
    table: (tableId) => tables.get(tableId),
  };
}

/** Whoever knows first. */
export function anyOf(...all: readonly Names[]): Names {
  return {
    order: (orderId) => firstKnown(all, (one) => one.order(orderId)),
    station: (stationId) => firstKnown(all, (one) => one.station(stationId)),
    table: (tableId) => firstKnown(all, (one) => one.table(tableId)),
  };
}

function firstKnown<T>(all: readonly Names[], tell: (one: Names) => T | undefined): T | undefined {
  for (const one of all) {
    const told = tell(one);
    if (told !== undefined) return told;
  }
  return undefined;
}
