import { afterEach, expect, test, vi } from "vitest";

import { Stillness } from "./stillness.ts";

afterEach(() => void vi.useRealTimers());

function shown(...lists: readonly (readonly string[])[]) {
  const clock = { ms: 0 };
  const stillness = new Stillness(() => clock.ms);
  for (const keys of lists) {
    clock.ms += 1_000;
    stillness.show(keys);
  }
  return { stillness, clock };
}

test("what only just slid under a finger is not tapped", () => {
  const { stillness, clock } = shown(["a", "b"], ["b"]);
  expect(stillness.isSettled()).toBe(false);
  clock.ms += 400;
  expect(stillness.isSettled()).toBe(true);
});

test("what came behind the others moved none of them", () => {
  expect(shown(["a"], ["a", "b"]).stillness.isSettled()).toBe(true);
  expect(shown(["a"], ["ab"]).stillness.isSettled()).toBe(false);
});

test("a clock that is set back by an hour swallows no tap", () => {
  vi.useFakeTimers();
  const stillness = new Stillness();
  stillness.show(["a"]);
  vi.setSystemTime(Date.now() - 3_600_000);
  vi.advanceTimersByTime(1_000);
  expect(stillness.isSettled()).toBe(true);
});
