/** The rules of what a waiter sees of what waits. */

import { expect, test } from "vitest";

import type { Asked } from "../hub/index.ts";
import { ahead } from "./ahead.ts";
import { attention } from "./attention.ts";
import { board, line, order, ticket } from "./examples.ts";

const SERVED: Asked = {
  commandId: "1",
  verb: "serve_order",
  fields: { orderId: "order", course: 1, tickets: [{ ticketId: "ticket", recalls: 0, lineIds: ["line"] }] },
  askedAtMs: 0,
  wasSaid: false,
  isHeldUp: true,
  hasWaited: true,
  keeping: "kept",
};
const FIRED = line({ status: "fired", ticketId: "ticket" });

function shown(recalls: number) {
  const tickets = [ticket({ status: "bumped", bumpedAt: "2026-11-21T19:10:00+00:00", recalls })];
  return ahead(board({ orders: [order({ lines: [FIRED], tickets })] }), [SERVED]);
}

test("what was brought to the guest does not call any more, though nobody has heard of it", () => {
  expect(attention(shown(0))).toEqual([]);
});

test("what was recalled since is not with the guest", () => {
  expect(attention(shown(1))).toMatchObject([{ kind: "run" }]);
});

test("where nothing was served the board is the very same", () => {
  const house = board({ orders: [order({ lines: [FIRED], tickets: [ticket({ status: "bumped" })] })] });
  expect(ahead(house, [])).toBe(house);
  expect(ahead(house, [{ ...SERVED, verb: "fire_course" }])).toBe(house);
});
