/** The rules of voids that crossed a bump, as the pass shows them. */

import { expect, test } from "vitest";

import { courses } from "./courses.ts";
import { disputesOf, isEaten } from "./disputes.ts";
import { aCard, aLine } from "./testing.ts";

const DISPUTED = aLine({ lineId: "soup", isVoided: true, isDisputed: true });

test("each line that is disputed has to be decided by itself", () => {
  const lines = [aLine(), DISPUTED, aLine({ lineId: "void", isVoided: true }), { ...DISPUTED, lineId: "bread" }];
  const card = aCard({ status: "bumped", lines });
  expect(disputesOf([aCard({ ticketId: "another" }), card]).map((one) => one.line.lineId)).toEqual(["soup", "bread"]);
});

test("of what is with the guest only the bill is left to decide", () => {
  const [up] = disputesOf([aCard({ status: "bumped", lines: [DISPUTED] })]);
  const [eaten] = disputesOf([aCard({ status: "served", lines: [DISPUTED] })]);
  expect(up !== undefined && isEaten(up)).toBe(false);
  expect(eaten !== undefined && isEaten(eaten)).toBe(true);
});

test("what is with the guest is no course to send out, however much of it is disputed", () => {
  expect(courses([aCard({ status: "served", lines: [DISPUTED] })])).toEqual([]);
});
