/** The rules of reading again. */

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Refusal } from "../hub/index.ts";
import { keepReading } from "./reading.ts";

const AWAY = new Refusal({ code: "unreachable", message: "The hub cannot be reached.", retry: true });
const FORBIDDEN = new Refusal({ code: "not_your_job", message: "Ask somebody else.", retry: false });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what could not be reached is read again until it is there", async () => {
  const read = vi.fn<() => Promise<string>>().mockRejectedValueOnce(AWAY).mockResolvedValueOnce("menu");
  const onRead = vi.fn<(what: string) => void>();
  keepReading({ read, onRead, tryAgainMs: 1_000 });
  await vi.advanceTimersByTimeAsync(999);
  expect(read).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(onRead).toHaveBeenCalledExactlyOnceWith("menu");
});

test("a no that stays one is told, and not asked for ever", async () => {
  const read = vi.fn<() => Promise<string>>().mockRejectedValue(FORBIDDEN);
  const onRefused = vi.fn<(refusal: Refusal) => void>();
  keepReading({ read, onRead: () => undefined, onRefused, tryAgainMs: 1_000 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveBeenCalledTimes(1);
  expect(onRefused).toHaveBeenCalledExactlyOnceWith(FORBIDDEN);
});

test("a failure that comes after stopping starts nothing", async () => {
  const read = vi.fn<() => Promise<string>>().mockRejectedValue(AWAY);
  const stop = keepReading({ read, onRead: () => undefined, tryAgainMs: 1_000 });
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveBeenCalledTimes(1);
});

test("stopping ends the wait for another try", async () => {
  const read = vi.fn<() => Promise<string>>().mockRejectedValue(AWAY);
  const stop = keepReading({ read, onRead: () => undefined, tryAgainMs: 1_000 });
  await vi.advanceTimersByTimeAsync(500);
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveBeenCalledTimes(1);
});

test("what is read too late is told to nobody", async () => {
  const onRead = vi.fn<(what: string) => void>();
  const stop = keepReading({ read: async () => "the menu of another house", onRead, tryAgainMs: 1_000 });
  stop();
  await vi.advanceTimersByTimeAsync(0);
  expect(onRead).not.toHaveBeenCalled();
});
