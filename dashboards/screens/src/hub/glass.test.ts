import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { TELL_MS_MIN } from "./glass.ts";
import { Hub } from "./hub.ts";
import { memory } from "./kept.ts";
import type { BoardKind } from "./room.ts";
import { TestLine } from "./stand-ins.ts";

const KIND: BoardKind<{ readonly last: number }> = { apply: (_, entry) => ({ last: entry.seq }) };
const NAME = "kitchen:x:y";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const answer = (seq: number, more = {}) => ({
  ok: true,
  room: NAME,
  epoch: "e",
  seq,
  entries: [],
  more: false,
  ...more,
});
const OPENED = { board: { last: 0 } };
const LATER_MS = 60_000;

/** A room that was opened at 7. */
function opened() {
  let line: TestLine | undefined;
  const hub = new Hub({ token: "t", keeper: memory(), open: (_, ear) => (line = new TestLine(ear)) });
  if (line === undefined) throw new Error("A hub opens its line at once.");
  const there = line;
  const room = hub.room(NAME, KIND);
  there.comesUp();
  there.last("subscribe").answer(answer(7, OPENED));
  const hears = (seq: number, prev: number) => there.hears("fact", { room: NAME, seq, prev, timestamp: "" });
  const told = () => there.all("delivered").map((one) => one.body.seq);
  return { hub, room, line: there, hears, told };
}

test("nothing is said of what nobody has painted", () => {
  const { line, hears, told } = opened();
  hears(8, 7);
  vi.advanceTimersByTime(LATER_MS);
  expect(told()).toEqual([]);
  expect(line.last("subscribe").body).toEqual({ room: NAME });
});

test("what was painted is said at once", () => {
  const { room, line } = opened();
  room.painted(room.now());
  expect(line.last("delivered").body).toEqual({ room: NAME, seq: 7 });
});

test("of much that is painted in a moment the last number is said, and once", () => {
  const { room, hears, told } = opened();
  room.painted(room.now());
  for (const seq of [8, 9, 10]) {
    hears(seq, seq - 1);
    room.painted(room.now());
  }
  expect(told()).toEqual([7]);
  vi.advanceTimersByTime(TELL_MS_MIN);
  expect(told()).toEqual([7, 10]);
  vi.advanceTimersByTime(LATER_MS);
  expect(told()).toEqual([7, 10]);
});

test("after every new subscription it is said again, for the hub may be another one", () => {
  const { room, line, told } = opened();
  room.painted(room.now());
  line.goesDown();
  vi.advanceTimersByTime(LATER_MS);
  line.comesUp();
  line.last("subscribe").answer(answer(7, { recovered: true }));
  expect(told()).toEqual([7, 7]);
});

test("what came while the line was down is not said before it is painted", () => {
  const { room, line, told } = opened();
  line.goesDown();
  room.painted(room.now());
  line.comesUp();
  line.last("subscribe").answer(answer(9, { recovered: true }));
  expect(told()).toEqual([7]);
  room.painted(room.now());
  vi.advanceTimersByTime(TELL_MS_MIN);
  expect(told()).toEqual([7, 9]);
});

test("nothing is said while the room is being asked for", () => {
  const { room, line, hears, told } = opened();
  hears(12, 11);
  room.painted(room.now());
  expect(told()).toEqual([]);
  line.last("subscribe").answer(answer(12, { recovered: true }));
  expect(told()).toEqual([7]);
});

test("what was painted of another ledger proves nothing of this one", () => {
  const { room, line, told } = opened();
  const before = room.now();
  line.hears("room_reset", { room: NAME, epoch: "f" });
  line.last("subscribe").answer(answer(90, { ...OPENED, epoch: "f" }));
  room.painted(before);
  vi.advanceTimersByTime(LATER_MS);
  expect(told()).toEqual([]);
  room.painted(room.now());
  expect(told()).toEqual([90]);
});

test("what the hub was too busy to hear is said again", () => {
  const { room, line, told } = opened();
  room.painted(room.now());
  line.last("delivered").answer({ ok: false, error: { code: "busy", message: "Later.", retry: true } });
  vi.advanceTimersByTime(LATER_MS);
  expect(told()).toEqual([7, 7]);
});

test("of a room that was left nothing more is said", () => {
  const { hub, room, hears, told } = opened();
  room.painted(room.now());
  hub.leaveSoon(NAME);
  vi.advanceTimersByTime(LATER_MS);
  hears(8, 7);
  room.painted(room.now());
  vi.advanceTimersByTime(LATER_MS);
  expect(told()).toEqual([7]);
});
