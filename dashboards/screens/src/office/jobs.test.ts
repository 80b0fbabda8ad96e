import { expect, test } from "vitest";

import { FOR_KEYS } from "../hub/index.ts";
import { JOBS, type Job, may, mayDo, scopesFor } from "./jobs.ts";

test("an owner may all that a manager may, and what a manager may not", () => {
  const { allOf, besides } = mayDo("owner");
  expect(allOf).toEqual(["manager"]);
  expect(besides).toContain("audit:read");
  expect(besides).not.toContain("menu:change");
});

test("who works at the pass may what waiters and cooks may", () => {
  expect(mayDo("expo").allOf).toEqual(["waiter", "cook"]);
});

test("of a small job everything is said", () => {
  const { allOf, besides } = mayDo("cook");
  expect(allOf).toEqual([]);
  expect(besides).toContain("tickets:work");
});

test("what is said of a job is all that it may, and nothing else", () => {
  const said = (job: Job): ReadonlySet<string> => {
    const { allOf, besides } = mayDo(job);
    return new Set([...besides, ...allOf.flatMap((one) => [...said(one)])]);
  };
  for (const job of JOBS)
    for (const permission of said(job)) expect(may([job], permission as never), permission).toBe(true);
  expect(said("owner").size).toBeGreaterThan(said("manager").size);
  for (const scope of FOR_KEYS) expect(said("owner")).toContain(scope);
});

test("whoever makes a key can give it no more than they may themselves", () => {
  const scopes = (job: Job): readonly string[] => [...scopesFor([job]).values()].flat();
  expect(scopes("owner").toSorted()).toEqual([...FOR_KEYS].toSorted());
  expect(scopes("manager")).not.toContain("audit:read");
});
