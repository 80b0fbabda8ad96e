/** The rules of the pass. */

import { describe, expect, test } from "vitest";

import { awaited, courses, isReady, readySince, readyStations } from "./courses.ts";
import { aCard, aLine, COLD, FRY, GRILL } from "./testing.ts";

const grill = aCard({ ...GRILL, ticketId: "1", lines: [aLine({ quantity: 2 })] });
const fry = aCard({ ...FRY, ticketId: "2", status: "started" });
const cold = aCard({ ...COLD, ticketId: "3", status: "bumped", bumpedAt: "2026-11-21T19:04:00Z" });
const keys = (list: readonly { readonly key: string }[]): readonly string[] => list.map((one) => one.key);

test("what leaves together is one course of one order", () => {
  const later = aCard({ ticketId: "4", course: 2 });
  const other = aCard({ ticketId: "5", orderId: "other" });
  const list = courses([grill, fry, later, other]);
  expect(keys(list)).toEqual(["order/1", "order/2", "other/1"]);
  expect(list[0]?.tickets).toEqual([grill, fry]);
});

describe("what a course waits for", () => {
  const [course] = courses([grill, fry, cold]);
  if (course === undefined) throw new Error("There is a course.");

  test("it waits for the plates of stations that have not bumped", () => {
    expect(awaited(course).map((one) => [one.stationName, one.plates])).toEqual([
      ["Grill", 2],
      ["Fry", 1],
    ]);
    expect(readyStations(course)).toEqual(["Cold"]);
  });

  test("a voided line is not waited for", () => {
    const lines = [aLine({ quantity: 2 }), aLine({ quantity: 3, isVoided: true })];
    const [one] = courses([aCard({ ...GRILL, lines })]);
    expect(one && awaited(one)[0]?.plates).toBe(2);
  });

  test("it is ready when nothing is open and something stands there", () => {
    const bumped = courses([{ ...grill, status: "bumped", bumpedAt: "2026-11-21T19:06:00Z" }, cold])[0];
    const voided = courses([{ ...grill, status: "voided" }])[0];
    expect(isReady(course)).toBe(false);
    expect(bumped && isReady(bumped)).toBe(true);
    expect(voided && isReady(voided)).toBe(false);
    expect(bumped && readySince(bumped)).toBe("2026-11-21T19:06:00Z");
  });
});

test("what is ready comes first, then what is rushed, then what was fired first", () => {
  const cards = [
    aCard({ ticketId: "1", orderId: "old" }),
    aCard({ ticketId: "2", orderId: "rushed", isRushed: true }),
    aCard({ ticketId: "3", orderId: "fresh", status: "bumped", bumpedAt: "2026-11-21T19:06:00Z" }),
    aCard({ ticketId: "4", orderId: "cold", status: "bumped", bumpedAt: "2026-11-21T19:02:00Z" }),
  ];
  expect(keys(courses(cards))).toEqual(["cold/1", "fresh/1", "rushed/1", "old/1"]);
});

test("a course that did not change stays the same object", () => {
  const other = aCard({ ticketId: "9", orderId: "other" });
  const before = courses([grill, fry, other]);
  const after = courses([{ ...grill, status: "started" }, fry, other], before);
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).toBe(before[1]);
});
