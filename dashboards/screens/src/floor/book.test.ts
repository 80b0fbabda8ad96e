import { expect, test } from "vitest";

import {
  type Book,
  EMPTY_BOOK,
  padOf,
  type Sent,
  SENT_MS_MAX,
  withPad,
  withReturn,
  withSent,
  wishNow,
  wishOf,
} from "./book.ts";
import { line, order, table } from "./examples.ts";
import { EMPTY_PAD, jot } from "./pad.ts";
import { padName } from "./place.ts";

const soup = jot({ ...EMPTY_PAD, customerName: "Ada" }, "soup", { note: "hot" });

function sent(said: Partial<Sent> = {}): Sent {
  return { padName: "7", pad: soup, kind: "dine_in", tableName: "7", wish: null, sentAtMs: 0, ...said };
}

function whenSent(): Book {
  return withSent(
    withPad(EMPTY_BOOK, "7", () => soup),
    "command",
    sent(),
  );
}

test("what was sent is off its pad, and is noted until something is heard of it", () => {
  const book = whenSent();
  expect(padOf(book, "7")).toMatchObject({ lines: [], customerName: "" });
  expect(Object.keys(book.sent)).toEqual(["command"]);
});

test("what was refused after a reload is on its pad again, with what was jotted down since", () => {
  const reloaded: Book = JSON.parse(JSON.stringify(whenSent()));
  const book = withReturn(
    withPad(reloaded, "7", (pad) => jot(pad, "ale")),
    "command",
  );
  expect(padOf(book, "7").lines.map((one) => [one.itemId, one.note])).toEqual([
    ["soup", "hot"],
    ["ale", ""],
  ]);
  expect(padOf(book, "7").customerName).toBe("Ada");
});

test("it comes back once, and only for its own command", () => {
  const book = withReturn(whenSent(), "command");
  expect(withReturn(book, "command")).toBe(book);
  const waiting = whenSent();
  expect(withReturn(waiting, "other")).toBe(waiting);
});

test("what was sent on another evening is forgotten with the next that is sent", () => {
  const book = withSent(whenSent(), "next", sent({ sentAtMs: SENT_MS_MAX }));
  expect(Object.keys(book.sent)).toEqual(["next"]);
});

test("two houses, two parties and two ways out of the house have pads of their own", () => {
  const places = [
    padName("ladle", { kind: "pickup" }, undefined),
    padName("spoon", { kind: "pickup" }, undefined),
    padName("ladle", { kind: "delivery" }, undefined),
    padName("ladle", { kind: "dine_in", tableId: "table" }, table({})),
    padName(
      "ladle",
      { kind: "dine_in", tableId: "table" },
      table({ seating: { seatingId: "party", covers: 2, seatedAt: "" } }),
    ),
  ];
  expect(new Set(places).size).toBe(places.length);
});

// What was to be fired

const ordered = order({ seatingId: "party", lines: [line({ lineId: "before" })] });
const wish = wishOf(jot(jot(EMPTY_PAD, "soup"), "tart", { course: 2 }), "party", [ordered]);

test("a wish is of the first course on the pad, and is unknown until its lines are on the board", () => {
  expect(wish).toMatchObject({ course: 1, itemIds: ["soup"], lineIdsBefore: ["before"] });
  expect(wishNow(wish, [ordered])).toEqual({ is: "unknown" });
});

test("a wish is open while its lines are held, on the same order or another of the party", () => {
  const added = { ...ordered, lines: [...ordered.lines, line({ lineId: "new" })] };
  const another = order({ orderId: "another", seatingId: "party", lines: [line({ lineId: "new" })] });
  expect(wishNow(wish, [added])).toEqual({ is: "open", order: added });
  expect(wishNow(wish, [ordered, another])).toEqual({ is: "open", order: another });
});

test("another party, another course and another item have nothing to do with a wish", () => {
  const others = [
    order({ seatingId: "others", lines: [line({ lineId: "new" })] }),
    order({ seatingId: "party", lines: [line({ lineId: "new", course: 2 })] }),
    order({ seatingId: "party", lines: [line({ lineId: "new", itemId: "ale" })] }),
  ];
  expect(others.map((one) => wishNow(wish, [one]).is)).toEqual(["unknown", "unknown", "unknown"]);
});

test("a wish is over as soon as its lines were fired or voided, whoever did it", () => {
  const over = (["fired", "voided"] as const).map((status) =>
    wishNow(wish, [order({ seatingId: "party", lines: [line({ lineId: "new", status })] })]),
  );
  expect(over.map((one) => one.is)).toEqual(["over", "over"]);
});
