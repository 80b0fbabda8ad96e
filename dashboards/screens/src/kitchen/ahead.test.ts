/** The rules of what a cook sees of what waits. */

import { expect, test } from "vitest";

import type { Asked } from "../hub/index.ts";
import { ahead } from "./ahead.ts";
import { aCard, aLine } from "./testing.ts";

const AT = "2026-11-21T19:10:00Z";

function asked(verb: Asked["verb"], fields: object = { ticketId: "ticket", recalls: 0 }): Asked {
  const command = { commandId: verb, verb, fields, askedAtMs: 0, wasSaid: false };
  return { ...command, isHeldUp: true, hasWaited: true, keeping: "kept" };
}

function shown(card = aCard(), ...waiting: readonly Asked[]) {
  return ahead([card], waiting, () => AT)[0];
}

test("a bump that waits stands where a bump stands, since it was tapped", () => {
  expect(shown(aCard(), asked("bump_ticket"))).toMatchObject({ status: "bumped", bumpedAt: AT });
});

test("what was begun, rushed and recalled while the line is away goes on from there", () => {
  const [recalled, again] = [asked("recall_ticket"), asked("bump_ticket", { ticketId: "ticket", recalls: 1 })];
  expect(shown(aCard(), asked("start_ticket"))).toMatchObject({ status: "started", startedAt: AT });
  expect(shown(aCard(), asked("rush_ticket"))).toMatchObject({ isRushed: true });
  expect(shown(aCard(), asked("bump_ticket"), recalled)).toMatchObject({ status: "started", recalls: 1 });
  expect(shown(aCard(), asked("bump_ticket"), recalled, again)).toMatchObject({ status: "bumped", recalls: 1 });
});

test("a bump that a recall has beaten leaves the card on the rail", () => {
  const card = aCard({ status: "started", recalls: 1 });
  expect(shown(card, asked("bump_ticket"))).toBe(card);
});

test("a bump of what was voided meanwhile changes nothing", () => {
  const card = aCard({ status: "voided" });
  expect(shown(card, asked("bump_ticket"))).toBe(card);
});

test("what is served leaves the pass, and what was recalled meanwhile stays", () => {
  const serving = asked("serve_order", {
    orderId: "order",
    course: 1,
    tickets: [{ ticketId: "ticket", recalls: 0, lineIds: ["line"] }],
  });
  expect(shown(aCard({ status: "bumped" }), serving)).toBeUndefined();
  expect(shown(aCard({ status: "bumped", recalls: 1 }), serving)).toMatchObject({ status: "bumped" });
  expect(shown(aCard(), asked("bump_ticket"), serving)).toBeUndefined();
});

test("a void that was seen is cleared away", () => {
  expect(shown(aCard({ status: "voided" }), asked("clear_ticket"))).toBeUndefined();
});

const DISPUTED = aLine({ isVoided: true, isDisputed: true });
const decision = (stands: boolean) => asked("decide_void", { orderId: "order", lineId: "line", stands, restores: 0 });

test("a decision that waits is shown as decided", () => {
  const card = aCard({ status: "bumped", lines: [DISPUTED] });
  expect(shown(card, decision(false))).toMatchObject({
    status: "bumped",
    lines: [{ isVoided: false, isDisputed: false, restores: 1 }],
  });
  expect(shown(card, decision(true))).toMatchObject({ status: "voided", lines: [{ isVoided: true, restores: 0 }] });
});

test("what is with the guest leaves the pass once nothing of it is to be decided", () => {
  const card = aCard({ status: "served", lines: [DISPUTED] });
  expect(shown(card)).toBe(card);
  expect(shown(card, decision(true))).toBeUndefined();
  expect(shown(card, decision(false))).toBeUndefined();
});

test("what does not wait stays the very same", () => {
  const cards = [aCard(), aCard({ ticketId: "another" })];
  expect(ahead(cards, [], () => AT)).toBe(cards);
  expect(ahead(cards, [asked("eighty_six_item", { itemId: "ribeye" })], () => AT)).toBe(cards);
  expect(ahead(cards, [asked("bump_ticket")], () => AT)[1]).toBe(cards[1]);
});
