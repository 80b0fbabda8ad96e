/** The rules of what a waiter's command says of what the waiter had seen. */

import { expect, test } from "vitest";

import { ofFiring, ofRunning, ofVoid } from "../hub/witness.ts";
import { line, order, ticket } from "./examples.ts";

const bump = { verb: "bump_ticket", fields: { ticketId: "ticket", recalls: 0 } } as const;

const HELD = line({ lineId: "held", status: "held", ticketId: null });
const FIRED = line({ lineId: "fired", status: "fired", ticketId: "ticket" });
const VOIDED = line({ lineId: "void", status: "voided", ticketId: "ticket" });

test("running names the lines of the tickets that stood ready", () => {
  const ready = order({ lines: [FIRED, VOIDED, HELD], tickets: [ticket({ status: "bumped" })] });
  expect(ofRunning(ready, 1, [])).toEqual({
    orderId: "order",
    course: 1,
    tickets: [{ ticketId: "ticket", recalls: 0, lineIds: ["fired"] }],
  });
});

test("firing names what was held, so that what is added meanwhile stays held", () => {
  expect(ofFiring(order({ lines: [FIRED, HELD] }), 1)).toMatchObject({ lineIds: ["held"] });
});

test.each([
  { what: "of a line that is held", voided: HELD, of: ticket({}), bumps: 0 },
  { what: "before the bump", voided: FIRED, of: ticket({}), bumps: 0 },
  { what: "after the bump", voided: FIRED, of: ticket({ status: "bumped", bumpedAt: "now" }), bumps: 1 },
  { what: "after a recall", voided: FIRED, of: ticket({ status: "started", recalls: 1 }), bumps: 1 },
])("a void $what says $bumps bumps", ({ voided, of, bumps }) => {
  expect(ofVoid(order({ lines: [voided], tickets: [of] }), voided, [])).toMatchObject({ bumps, restores: 0 });
});

test("a void knows of the bump that waits on the same device", () => {
  const cooking = order({ lines: [FIRED], tickets: [ticket({})] });
  expect(ofVoid(cooking, FIRED, [bump])).toMatchObject({ bumps: 1 });
});

test("whoever knows it served says no bumps, and is told that it is too late", () => {
  const eaten = order({ lines: [FIRED], tickets: [ticket({ status: "served" })] });
  expect(ofVoid(eaten, FIRED, [])).not.toHaveProperty("bumps");
});
