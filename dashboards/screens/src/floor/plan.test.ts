import { expect, test } from "vitest";

import { TABLE_STEPS, TABLES_OCCUPIED, type TableStatus } from "../hub/wire.ts";
import { table } from "./examples.ts";
import { type Plan, planOf } from "./plan.ts";
import { OFFERED } from "./steps.ts";

function overlaps({ spots, widthPercent, heightPercent }: Plan): number {
  const all = [...spots.values()];
  const near = (one: number, other: number, size: number) => Math.abs(one - other) < size - 1e-6;
  return all.flatMap((one, at) => {
    return all.slice(at + 1).filter((other) => {
      return (
        near(one.leftPercent, other.leftPercent, widthPercent) && near(one.topPercent, other.topPercent, heightPercent)
      );
    });
  }).length;
}

const ROWS = [1000, 4000, 6800, 9200].flatMap((y, row) => {
  return [500, 2000, 3500, 5000, 6500].map((x, at) => table({ tableId: `${row}:${at}`, x: x + row * 130, y }));
});

test("tables on the plan never overlap", () => {
  const scattered = Array.from({ length: 30 }, (_, at) =>
    table({ tableId: String(at), x: (at * 3571) % 10_000, y: (at * 7919) % 10_000 }),
  );
  expect([overlaps(planOf(ROWS)), overlaps(planOf(scattered))]).toEqual([0, 0]);
});

test("no table is drawn over the plan's edge, and the outermost touch it", () => {
  const { spots, widthPercent, heightPercent } = planOf(ROWS);
  const [lefts, tops] = [
    [...spots.values()].map((one) => one.leftPercent),
    [...spots.values()].map((one) => one.topPercent),
  ];
  expect(Math.min(...lefts)).toBeCloseTo(widthPercent / 2);
  expect(Math.max(...lefts)).toBeCloseTo(100 - widthPercent / 2);
  expect(Math.min(...tops)).toBeCloseTo(heightPercent / 2);
  expect(Math.max(...tops)).toBeCloseTo(100 - heightPercent / 2);
});

test("tables that stand too close for a finger are listed instead", () => {
  const bar = Array.from({ length: 20 }, (_, at) => table({ tableId: String(at), x: at * 500 }));
  expect([planOf(bar).isCrowded, planOf(ROWS).isCrowded]).toEqual([true, false]);
});

test("a table alone stands in the middle", () => {
  expect(planOf([table({})]).spots.get("table")).toEqual({ leftPercent: 50, topPercent: 50 });
});

test("every step that is offered for a table is one of its evening", () => {
  for (const [status, offered] of Object.entries(OFFERED)) {
    for (const step of offered) expect(TABLE_STEPS[status as TableStatus]).toContain(step);
  }
});

test("a table can be brought from every state to a new party", () => {
  for (const status of Object.keys(OFFERED) as TableStatus[]) {
    const ends = TABLES_OCCUPIED.has(status) ? "dirty" : status === "dirty" || status === "held" ? "free" : "held";
    expect(OFFERED[status]).toContain(ends);
  }
});
