import { expect, test } from "vitest";

import { coursesOf, courseToFire, isDone, lineState, mayCancel, mayVoid } from "./courses.ts";
import { line, order, ticket } from "./examples.ts";

test("a line is held until it is fired, and then as far as its ticket", () => {
  const states = ["fired", "started", "bumped", "served", "voided", "cleared"] as const;
  const fired = line({ status: "fired", ticketId: "t" });
  expect(lineState(line({ status: "held" }), [])).toBe("held");
  expect(states.map((status) => lineState(fired, [ticket({ ticketId: "t", status })]))).toEqual([
    "fired",
    "cooking",
    "ready",
    "served",
    "voided",
    "voided",
  ]);
});

test("a voided line is voided, whatever its ticket became", () => {
  const voided = line({ status: "voided", ticketId: "t" });
  expect(lineState(voided, [ticket({ ticketId: "t", status: "bumped" })])).toBe("voided");
});

test("courses are listed as they are eaten, and lines by seat with the table's first", () => {
  const lines = [
    line({ lineId: "b", course: 2, seat: 2 }),
    line({ lineId: "a", course: 2, seat: null }),
    line({ lineId: "c", course: 1, seat: 3 }),
  ];
  const told = coursesOf(order({ lines })).map((one) => [one.course, one.lines.map((each) => each.line.lineId)]);
  expect(told).toEqual([
    [1, ["c"]],
    [2, ["a", "b"]],
  ]);
});

test("what is held and what is ready is counted by plates, not by lines", () => {
  const lines = [
    line({ lineId: "a", quantity: 3 }),
    line({ lineId: "b", quantity: 2, status: "fired", ticketId: "t" }),
    line({ lineId: "c", quantity: 9, status: "voided" }),
  ];
  const [course] = coursesOf(order({ lines, tickets: [ticket({ ticketId: "t", status: "bumped" })] }));
  expect([course?.heldQuantity, course?.readyQuantity]).toEqual([3, 2]);
});

test("an order can be closed once everything is served or voided", () => {
  const served = line({ lineId: "a", status: "fired", ticketId: "t" });
  const tickets = [ticket({ ticketId: "t", status: "served" })];
  expect(isDone(order({ lines: [served, line({ lineId: "b", status: "voided" })], tickets }))).toBe(true);
  expect(isDone(order({ lines: [served, line({ lineId: "b", status: "held" })], tickets }))).toBe(false);
  const disputed = line({ lineId: "b", status: "voided", isDisputed: true });
  expect(isDone(order({ lines: [served, disputed], tickets }))).toBe(false);
});

test("the next course is not to be fired while anything of the last is cooking or waits at the pass", () => {
  const first = line({ lineId: "a", course: 1, status: "fired", ticketId: "t" });
  const lines = [first, line({ lineId: "b", course: 3 }), line({ lineId: "c", course: 2 })];
  const after = (status: "started" | "bumped" | "served") => {
    return courseToFire(order({ lines, tickets: [ticket({ ticketId: "t", status })] }));
  };
  expect([after("started"), after("bumped"), after("served")]).toEqual([null, null, 2]);
});

test("an order that nobody fired wants its first course to be fired", () => {
  expect(courseToFire(order({ lines: [line({ course: 1 })] }))).toBe(1);
  expect(courseToFire(order({ lines: [line({ status: "voided" })] }))).toBeNull();
});

test("anybody takes back what is held, and only a manager what the kitchen has begun", () => {
  expect(mayVoid("held", ["waiter"])).toBe(true);
  expect(mayVoid("cooking", ["waiter", "expo"])).toBe(false);
  expect(mayVoid("cooking", ["manager"])).toBe(true);
  expect(mayVoid("served", ["owner"])).toBe(false);
});

test("an order of which something was served cannot be cancelled", () => {
  const fired = order({ tickets: [ticket({ status: "fired" })] });
  const served = order({ tickets: [ticket({ status: "fired" }), ticket({ ticketId: "u", status: "served" })] });
  expect([mayCancel(order({}), ["waiter"]), mayCancel(fired, ["waiter"]), mayCancel(fired, ["owner"])]).toEqual([
    true,
    false,
    true,
  ]);
  expect(mayCancel(served, ["owner"])).toBe(false);
});
