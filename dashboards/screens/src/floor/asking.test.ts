import { expect, test } from "vitest";

import type { Asked } from "../hub/index.ts";
import { isAsked, isSettling, mayTakeBack } from "./asking.ts";

function asked(said: Partial<Asked>): Asked {
  return {
    commandId: "command",
    verb: "close_order",
    fields: { orderId: "order" },
    askedAtMs: 0,
    isHeldUp: true,
    wasSaid: false,
    hasWaited: true,
    keeping: "kept",
    ...said,
  };
}

test("only what the hub cannot have heard is offered to be taken back", () => {
  expect(mayTakeBack(asked({}))).toBe(true);
  expect(mayTakeBack(asked({ wasSaid: true }))).toBe(false);
});

test("a table is being settled from its first order until it is left", () => {
  const leaving = asked({ verb: "set_table_status", fields: { tableId: "table", status: "dirty" } });
  expect(isSettling([], "table", ["order", "other"])).toBe(false);
  expect(isSettling([asked({})], "table", ["order", "other"])).toBe(true);
  expect(isSettling([asked({ fields: { orderId: "other" } })], "table", ["order", "other"])).toBe(true);
  expect(isSettling([leaving], "table", [])).toBe(true);
  expect(isSettling([asked({ fields: { orderId: "elsewhere" } })], "table", ["order"])).toBe(false);
});

test("the same verb about another course is another deed", () => {
  const all = [asked({ verb: "fire_course", fields: { orderId: "order", course: 1 } })];
  expect(isAsked(all, "fire_course", { orderId: "order", course: 1 })).toBe(true);
  expect(isAsked(all, "fire_course", { orderId: "order", course: 2 })).toBe(false);
});
