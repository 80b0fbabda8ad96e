import { expect, test } from "vitest";

import { messagesIn } from "./described.ts";

const ASKED = { ticketId: "019a9f3c-7b00-7000-8000-000000000001" };
const DOCUMENT = {
  components: {
    messages: {
      subscribe: { name: "subscribe", summary: "Show me.", examples: [{ payload: { room: "ops" } }], "x-ack": {} },
      bump_ticket: { name: "bump_ticket", summary: "Done.", examples: [{ payload: ASKED }], "x-ack": {} },
      authenticate: { name: "authenticate", summary: "Me.", examples: [{ payload: "a token" }], "x-ack": {} },
      ticket_bumped: { name: "ticket_bumped", summary: "It was done.", examples: [{ payload: ASKED }] },
    },
  },
};

test("what carries an object and is answered can be said, by its name", () => {
  expect(messagesIn(DOCUMENT)).toEqual([
    { name: "bump_ticket", summary: "Done.", example: ASKED },
    { name: "subscribe", summary: "Show me.", example: { room: "ops" } },
  ]);
});

test.each([[null], [{}], [{ components: { messages: [] } }]])("of %j nothing can be said", (document) => {
  expect(messagesIn(document)).toEqual([]);
});
