/** The rules of what waits to be sent. */

import { expect, test } from "vitest";

import type { Asked } from "../hub/index.ts";
import { askedOf, isAsked, waitingByCard } from "./waiting.ts";

function asked(told: Partial<Asked>): Asked {
  const bump: Asked = {
    commandId: "1",
    verb: "bump_ticket",
    fields: { ticketId: "a" },
    askedAtMs: 0,
    isHeldUp: true,
    wasSaid: false,
    hasWaited: true,
    keeping: "kept",
  };
  return { ...bump, ...told };
}

test("a card shows what was asked last about it, and waits", () => {
  const list = [asked({ verb: "start_ticket" }), asked({}), asked({ fields: { ticketId: "b" }, wasSaid: true })];
  expect([...waitingByCard(list)]).toEqual([
    ["a", { verb: "bump_ticket", wasSaid: false }],
    ["b", { verb: "bump_ticket", wasSaid: true }],
  ]);
});

test("what is answered any moment does not wait", () => {
  expect(waitingByCard([asked({ isHeldUp: false })]).size).toBe(0);
});

test("a course that is being sent out waits by its own key", () => {
  const serving = asked({ verb: "serve_order", fields: { orderId: "o", course: 2 } });
  expect([...waitingByCard([serving])]).toEqual([["o/2", { verb: "serve_order", wasSaid: false }]]);
  expect(askedOf([serving], "serve_order", "o/2")).toBe(serving);
  expect(askedOf([serving], "serve_order", "o/1")).toBeUndefined();
});

test("what is not about a ticket or a course is on no card", () => {
  expect(waitingByCard([asked({ verb: "eighty_six_item", fields: { itemId: "a" } })]).size).toBe(0);
  expect(waitingByCard([asked({ verb: "fire_course", fields: { orderId: "o", course: 2 } })]).size).toBe(0);
});

test("where nothing waits, it is always the same nothing", () => {
  expect(waitingByCard([])).toBe(waitingByCard([]));
});

test("a command is found by what it asks and about which ticket", () => {
  const bump = asked({});
  expect(askedOf([bump], "bump_ticket", "a")).toBe(bump);
  expect(askedOf([bump], "bump_ticket", "b")).toBeUndefined();
  expect(askedOf([bump], "recall_ticket", "a")).toBeUndefined();
});

test("the same round is asked for once, and the next one is another thing", () => {
  const [bump, recall] = [
    asked({ fields: { ticketId: "a", recalls: 0, lineIds: ["x"] } }),
    asked({ verb: "recall_ticket", fields: { ticketId: "a", recalls: 0 } }),
  ];
  expect(isAsked([bump, recall], "bump_ticket", { ticketId: "a", recalls: 0, lineIds: ["x", "y"] })).toBe(true);
  expect(isAsked([bump, recall], "bump_ticket", { ticketId: "a", recalls: 1, lineIds: ["x"] })).toBe(false);
});

test("of two bumps of one ticket the later one can be taken back", () => {
  const again = asked({ commandId: "2", fields: { ticketId: "a", recalls: 1 } });
  expect(askedOf([asked({}), again], "bump_ticket", "a")).toBe(again);
});

test("a course is served again when another ticket of it is ready", () => {
  const serving = (...ticketIds: readonly string[]) => ({
    orderId: "o",
    course: 1,
    tickets: ticketIds.map((ticketId) => ({ ticketId, recalls: 0, lineIds: [] })),
  });
  const first = asked({ verb: "serve_order", fields: serving("a") });
  expect(isAsked([first], "serve_order", serving("a"))).toBe(true);
  expect(isAsked([first], "serve_order", serving("b"))).toBe(false);
});
