/** The rules of what a cook's command says of what the cook had seen. */

import { expect, test } from "vitest";

import { ofBump, ofClearing, ofServing, ofTicket } from "../hub/witness.ts";
import { aCard, aLine } from "./testing.ts";

const recall = { verb: "recall_ticket", fields: { ticketId: "ticket", recalls: 0 } } as const;
const bump = { verb: "bump_ticket", fields: { ticketId: "ticket", recalls: 0 } } as const;

test("a ticket is in the round that the board shows", () => {
  expect(ofTicket(aCard({ recalls: 2 }), [])).toEqual({ ticketId: "ticket", recalls: 2 });
});

test("whoever recalled it on this device means the round after that", () => {
  expect(ofTicket(aCard(), [bump, recall])).toMatchObject({ recalls: 1 });
  // Also where the board shows as much already.
  expect(ofTicket(aCard({ recalls: 1 }), [recall])).toMatchObject({ recalls: 1 });
  expect(ofTicket(aCard({ ticketId: "another" }), [recall])).toMatchObject({ recalls: 0 });
});

test("a bump names the lines that were still wanted", () => {
  const lines = [aLine(), aLine({ lineId: "void", isVoided: true })];
  expect(ofBump(aCard({ lines }), [])).toEqual({ ticketId: "ticket", recalls: 0, lineIds: ["line"] });
});

test("clearing says how often the ticket's lines had come back", () => {
  const lines = [aLine({ restores: 1 }), aLine({ restores: 2 })];
  expect(ofClearing(aCard({ lines }), [])).toMatchObject({ restores: 3 });
});

test("serving names what stood ready, and nothing that still cooks", () => {
  const tickets = [aCard({ status: "bumped", recalls: 1 }), aCard({ ticketId: "fry" })];
  expect(ofServing({ orderId: "order", course: 1, tickets }, [])).toEqual({
    orderId: "order",
    course: 1,
    tickets: [{ ticketId: "ticket", recalls: 1, lineIds: ["line"] }],
  });
});
