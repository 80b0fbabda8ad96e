/**
 * What was asked about a table or an order and is not answered yet, in words for whoever asked.
 *
 * Not its business: sending it, which the outbox does by itself.
 */

import type { Asked, Verb } from "../hub/index.ts";
import type { FloorWord } from "./words.ts";

/** Commands that this screen asks, each with the word for it. */
const SAID: Readonly<Partial<Record<Verb, FloorWord>>> = {
  place_order: "asked.place_order",
  add_lines: "asked.add_lines",
  fire_course: "asked.fire_course",
  serve_order: "asked.serve_order",
  void_line: "asked.void_line",
  move_line: "asked.move_line",
  cancel_order: "asked.cancel_order",
  close_order: "asked.close_order",
  seat_party: "asked.seat_party",
  set_table_status: "asked.set_table_status",
  rush_ticket: "asked.rush_ticket",
  decide_void: "asked.decide_void",
};

export function wordFor({ verb }: Pick<Asked, "verb">): FloorWord {
  return SAID[verb] ?? "asked.other";
}

/** What was asked about any of these things, by their ids. */
export function askedAbout(asked: readonly Asked[], ids: ReadonlySet<string>): readonly Asked[] {
  return asked.filter((one) => Object.values(one.fields).some((value) => typeof value === "string" && ids.has(value)));
}

/** Whether it can be taken back: what was said to the hub once may have been done. */
export function mayTakeBack({ wasSaid }: Asked): boolean {
  return !wasSaid;
}

/** Whether a table is being settled: its orders closed one after the other, and then the table left. */
export function isSettling(asked: readonly Asked[], tableId: string, orderIds: readonly string[]): boolean {
  const isClosing = orderIds.some((orderId) => isAsked(asked, "close_order", { orderId }));
  return isClosing || isAsked(asked, "set_table_status", { tableId });
}

/** Whether this very thing was asked and not answered: another tap on it would only be refused. */
export function isAsked(asked: readonly Asked[], verb: Verb, fields: object): boolean {
  return asked.some((one) => {
    const said = new Map(Object.entries(one.fields));
    return one.verb === verb && Object.entries(fields).every(([name, value]) => said.get(name) === value);
  });
}
