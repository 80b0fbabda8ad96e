import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Tab } from "./tabs.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Locks as a browser has them: one holder each, and who wants one waits for its turn. */
function locks(): LockManager {
  const turns = new Map<string, Promise<unknown>>();
  const request = async (name: string, ...rest: readonly unknown[]): Promise<unknown> => {
    const act = rest.at(-1) as () => Promise<unknown>;
    const signal = rest.length > 1 ? (rest[0] as LockOptions).signal : undefined;
    const turn = (turns.get(name) ?? Promise.resolve()).then(() => {
      signal?.throwIfAborted();
      return act();
    });
    turns.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  };
  return { request, query: () => Promise.resolve({}) } as LockManager;
}

function inherits(tab: Tab, other: Tab) {
  const told: string[] = [];
  const act = (): Promise<void> => Promise.resolve(void told.push("done"));
  return { told, asking: tab.insteadOf(other.id, act, () => told.push("late")) };
}

test("of a page that is gone nobody is told late", async () => {
  const manager = locks();
  const [gone, here] = [new Tab(manager), new Tab(manager)];
  gone.leave();
  const { told, asking } = inherits(here, gone);
  await asking;
  expect(told).toEqual(["done"]);
});

test("nobody waits for a page that stays, and once it goes it is done, and told", async () => {
  const manager = locks();
  const [stays, here] = [new Tab(manager), new Tab(manager)];
  const { told, asking } = inherits(here, stays);
  await vi.advanceTimersByTimeAsync(1_000);
  await asking;
  expect(told).toEqual([]);
  // Asked again, it is awaited already.
  await inherits(here, stays).asking;
  stays.leave();
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual(["done", "late"]);
});

test("who has left does nothing for a page that goes later", async () => {
  const manager = locks();
  const [stays, here] = [new Tab(manager), new Tab(manager)];
  const { told, asking } = inherits(here, stays);
  await vi.advanceTimersByTimeAsync(1_000);
  await asking;
  here.leave();
  stays.leave();
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual([]);
});
