/** The rules of a station's tickets. */

import { describe, expect, test } from "vitest";

import { bumped, callOf, expectedSeconds, isAllStruck, lateness, oldest, onRail, unseenVoids } from "./cards.ts";
import { aCard, aLine } from "./testing.ts";

const ids = (cards: readonly { readonly ticketId: string }[]): readonly string[] => cards.map((one) => one.ticketId);

describe("on the rail", () => {
  test("rushed tickets hang first, the others as they were fired", () => {
    const cards = [aCard({ ticketId: "a" }), aCard({ ticketId: "b" }), aCard({ ticketId: "c", isRushed: true })];
    expect(ids(onRail(cards))).toEqual(["c", "a", "b"]);
  });

  test("bumped tickets do not hang there, and voided ones do until they are cleared", () => {
    const cards = [
      aCard({ ticketId: "a", status: "bumped" }),
      aCard({ ticketId: "b", status: "voided" }),
      aCard({ ticketId: "c", status: "started" }),
    ];
    expect(ids(onRail(cards))).toEqual(["b", "c"]);
  });

  test("a rushed ticket that was voided is in no hurry any more", () => {
    const cards = [aCard({ ticketId: "a" }), aCard({ ticketId: "b", isRushed: true, status: "voided" })];
    expect(ids(onRail(cards))).toEqual(["a", "b"]);
  });

  test("the board's own list is left as it was", () => {
    const cards = Object.freeze([aCard({ ticketId: "a" }), aCard({ ticketId: "b", isRushed: true })]);
    onRail(cards);
    expect(ids(cards)).toEqual(["a", "b"]);
  });
});

test("the last bumped ticket lies on top of the tray", () => {
  const cards = [
    aCard({ ticketId: "a", status: "bumped", bumpedAt: "2026-11-21T19:01:00Z" }),
    aCard({ ticketId: "b", status: "bumped", bumpedAt: "2026-11-21T19:03:00Z" }),
    aCard({ ticketId: "c" }),
  ];
  expect(ids(bumped(cards))).toEqual(["b", "a"]);
});

describe("how late a ticket is", () => {
  test("it should take as long as its slowest line that is still wanted", () => {
    const voided = aLine({ prepSeconds: 900, isVoided: true });
    const lines = [aLine({ prepSeconds: 300 }), aLine({ prepSeconds: 720 }), voided];
    expect(expectedSeconds(aCard({ lines }))).toBe(720);
  });

  test("nothing is expected of a ticket with nothing left on it", () => {
    expect(expectedSeconds(aCard({ lines: [aLine({ isVoided: true })] }))).toBeNull();
    expect(lateness(10_000, null)).toBe("fresh");
  });

  test.each([
    [0, "fresh"],
    [419, "fresh"],
    [420, "soon"],
    [599, "soon"],
    [600, "late"],
    [6_000, "late"],
  ])("of ten minutes, %d seconds are %s", (ageSeconds, state) => {
    expect(lateness(ageSeconds, 600)).toBe(state);
  });
});

describe("marks", () => {
  const voided = aLine({ lineId: "c", isVoided: true });
  const card = aCard({ lines: [aLine({ lineId: "a" }), aLine({ lineId: "b" }), voided] });

  test("a ticket is done when every line that is still wanted was struck", () => {
    expect(isAllStruck(card, ["a"])).toBe(false);
    expect(isAllStruck(card, ["a", "b"])).toBe(true);
  });

  test("a ticket with nothing left on it is not done by that", () => {
    expect(isAllStruck(aCard({ lines: [aLine({ isVoided: true })] }), [])).toBe(false);
  });

  test("a void counts until it was seen, and a voided ticket until it is cleared", () => {
    expect(unseenVoids([card], () => [])).toBe(1);
    expect(unseenVoids([card], () => ["c"])).toBe(0);
    expect(unseenVoids([{ ...card, status: "voided" }], () => ["c"])).toBe(1);
  });
});

test("the oldest ticket is the one that was fired first, of those that are open", () => {
  const cards = [
    aCard({ ticketId: "a", firedAt: "2026-11-21T19:00:00Z", status: "bumped" }),
    aCard({ ticketId: "b", firedAt: "2026-11-21T19:02:00Z", isRushed: true }),
    aCard({ ticketId: "c", firedAt: "2026-11-21T19:01:00Z" }),
  ];
  expect(oldest(cards)?.ticketId).toBe("c");
  expect(oldest([])).toBeNull();
});

describe("what is heard", () => {
  const before = [aCard({ ticketId: "a", lines: [aLine({ lineId: "x" }), aLine({ lineId: "y" })] })];
  const [a] = before;

  test("a new ticket rings", () => {
    expect(callOf(before, [...before, aCard({ ticketId: "b" })])).toBe("new");
  });

  test("a ticket that comes back from the pass or goes there does not", () => {
    expect(callOf(before, [aCard({ ...a, status: "bumped" })])).toBeNull();
    expect(callOf([aCard({ ...a, status: "bumped" })], [aCard({ ...a, status: "started" })])).toBeNull();
  });

  test("a void that crossed a bump rings as a void, also where the plate had left", () => {
    const disputed = [aLine({ lineId: "x", isVoided: true, isDisputed: true })];
    expect(callOf([], [aCard({ ticketId: "b", status: "served", lines: disputed })])).toBe("void");
    expect(callOf(before, [aCard({ ticketId: "a", status: "bumped", lines: disputed })])).toBe("void");
  });

  test("a rush rings once", () => {
    const rushed = [aCard({ ...a, isRushed: true })];
    expect(callOf(before, rushed)).toBe("rush");
    expect(callOf(rushed, [aCard({ ...a, isRushed: true, status: "started" })])).toBeNull();
  });

  test("a void rings, and before anything else", () => {
    const lines = [aLine({ lineId: "x", isVoided: true }), aLine({ lineId: "y" })];
    const voided = aCard({ ...a, isRushed: true, lines });
    expect(callOf(before, [voided, aCard({ ticketId: "b" })])).toBe("void");
  });
});
