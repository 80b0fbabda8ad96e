import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { freshness } from "./freshness.ts";
import { Hub } from "./hub.ts";
import { memory } from "./kept.ts";
import type { Ear } from "./line.ts";
import type { Memory, Remembered } from "./remembered.ts";
import type { BoardKind, Room } from "./room.ts";
import { TestLine } from "./stand-ins.ts";

interface Seen {
  readonly seqs: readonly number[];
}

/** A fact that these boards cannot take in. */
const UNHEARD_OF = 666;
const KIND: BoardKind<Seen> = {
  apply: (board, entry) => {
    if (entry.seq === UNHEARD_OF) throw new Error("This board breaks.");
    return { seqs: [...board.seqs, entry.seq] };
  },
};
const NAME = "kitchen:x";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function opened() {
  let line: TestLine | undefined;
  const hub = new Hub({ token: "t", keeper: memory(), open: (_, ear) => (line = new TestLine(ear)) });
  if (line === undefined) throw new Error("A hub opens its line at once.");
  const room = hub.room(NAME, KIND);
  return { hub, room, line };
}

const entry = (seq: number, prev: number) => ({ room: NAME, seq, prev, timestamp: "" });
const answer = (seq: number, more = {}) => ({
  ok: true,
  room: NAME,
  epoch: "e",
  seq,
  entries: [],
  more: false,
  ...more,
});

test("a room subscribes as soon as there is a line, and shows its board", () => {
  const { room, line } = opened();
  expect(line.said).toHaveLength(0);
  line.comesUp();
  expect(line.last("subscribe").body).toEqual({ room: NAME });
  line.last("subscribe").answer(answer(7, { board: { seqs: [] } }));
  expect(room.now()).toMatchObject({ board: { seqs: [] }, seq: 7, isConnected: true });
});

test("entries that come with the board are applied to it", () => {
  const { room, line } = opened();
  line.comesUp();
  line.last("subscribe").answer(answer(9, { board: { seqs: [] }, entries: [entry(8, 5), entry(9, 8)] }));
  expect(room.now().board).toEqual({ seqs: [8, 9] });
});

test("what fits is applied once, however often it comes", () => {
  const { room, line } = opened();
  line.comesUp();
  line.last("subscribe").answer(answer(7, { board: { seqs: [] } }));
  for (const one of [entry(8, 7), entry(8, 7), entry(7, 3), entry(12, 8)]) line.hears("ticket_fired", one);
  expect(room.now()).toMatchObject({ board: { seqs: [8, 12] }, seq: 12, gaps: 0 });
});

test("a gap is seen, asked for since what is held, and filled", () => {
  const { room, line } = opened();
  line.comesUp();
  line.last("subscribe").answer(answer(7, { board: { seqs: [] } }));
  line.hears("ticket_fired", entry(10, 9));
  expect(line.last("subscribe").body).toEqual({ room: NAME, since: 7, epoch: "e" });
  line.hears("ticket_fired", entry(11, 10));
  line.last("subscribe").answer(answer(11, { recovered: true, entries: [entry(9, 7), entry(10, 9), entry(11, 10)] }));
  expect(room.now()).toMatchObject({ board: { seqs: [9, 10, 11] }, seq: 11, gaps: 1 });
});

test("with more to come the room asks on, since the page it has", () => {
  const { room, line } = opened();
  line.comesUp();
  line.last("subscribe").answer(answer(2, { board: { seqs: [] }, entries: [entry(2, 0)], more: true }));
  expect(line.last("subscribe").body).toMatchObject({ since: 2 });
  line.last("subscribe").answer(answer(3, { recovered: true, entries: [entry(3, 2)] }));
  expect(room.now().board).toEqual({ seqs: [2, 3] });
});

test("coming back is subscribing again with what is held; the board stays on the glass meanwhile", () => {
  const { room, line } = opened();
  line.comesUp();
  line.last("subscribe").answer(answer(7, { board: { seqs: [] } }));
  line.goesDown();
  expect(room.now()).toMatchObject({ board: { seqs: [] }, isConnected: false });
  line.comesUp();
  expect(line.last("subscribe").body).toMatchObject({ since: 7, epoch: "e" });
});

test("an answer of before a loss is nobody's any more", () => {
  const { room, line } = opened();
  line.comesUp();
  const early = line.last("subscribe");
  line.goesDown();
  line.comesUp();
  early.answer(answer(99, { board: { seqs: [99] } }));
  expect(room.now().board).toBeNull();
});

test("after a reset the room takes a fresh board, and claims nothing", () => {
  const { room, line } = opened();
  line.comesUp();
  line.last("subscribe").answer(answer(7, { board: { seqs: [1] } }));
  line.hears("room_reset", { room: NAME, epoch: "f" });
  expect(line.last("subscribe").body).toEqual({ room: NAME });
  line.last("subscribe").answer(answer(1, { epoch: "f", board: { seqs: [] } }));
  expect(room.now()).toMatchObject({ board: { seqs: [] }, seq: 1 });
});

test("a refusal that may pass is tried again in a moment; another one is shown", () => {
  const { room, line } = opened();
  line.comesUp();
  line.last("subscribe").answer({ ok: false, error: { code: "database_busy", message: "Busy.", retry: true } });
  expect(room.now().refusal).toBeNull();
  vi.advanceTimersByTime(2_000);
  expect(line.all("subscribe")).toHaveLength(2);
  line.last("subscribe").answer({ ok: false, error: { code: "not_found", message: "No.", retry: false } });
  expect(room.now().refusal?.code).toBe("not_found");
});

test("a closed room says why, and other rights make it ask again", () => {
  const { room, line } = opened();
  line.comesUp();
  line.last("subscribe").answer(answer(7, { board: { seqs: [] } }));
  line.hears("room_closed", { room: NAME, reason: "party_left" });
  expect(room.now().refusal?.code).toBe("party_left");
  expect(line.all("subscribe")).toHaveLength(1);
  line.hears("room_closed", { room: NAME, reason: "rights_changed" });
  expect(line.all("subscribe")).toHaveLength(2);
});

test("a room is proven by what the hub can vouch for, not by being connected", () => {
  vi.setSystemTime(100_000);
  const { room, line } = opened();
  line.comesUp();
  line.last("subscribe").answer(answer(7, { board: { seqs: [] } }));
  vi.setSystemTime(130_000);
  line.hears("beat", { at: new Date().toISOString(), screens: "s", behindSeconds: 25 });
  expect(room.now().provenAtMs).toBe(105_000);
  line.hears("beat", { at: new Date().toISOString(), screens: "s", behindSeconds: 40 });
  expect(room.now().provenAtMs).toBe(105_000);
});

test("while something is missing a beat proves nothing", () => {
  vi.setSystemTime(0);
  const { room, line } = opened();
  line.comesUp();
  line.last("subscribe").answer(answer(7, { board: { seqs: [] } }));
  line.hears("ticket_fired", entry(10, 9));
  vi.setSystemTime(60_000);
  line.hears("beat", { at: new Date().toISOString(), screens: "s", behindSeconds: 0 });
  expect(room.now().provenAtMs).toBe(0);
});

test("a room that nobody looks at is left in a while, unless somebody does again", () => {
  const { hub, room, line } = opened();
  line.comesUp();
  line.last("subscribe").answer(answer(7, { board: { seqs: [] } }));
  hub.leaveSoon(NAME);
  expect(hub.room(NAME, KIND)).toBe(room);
  vi.advanceTimersByTime(60_000);
  expect(line.all("unsubscribe")).toHaveLength(0);
  hub.leaveSoon(NAME);
  vi.advanceTimersByTime(60_000);
  expect(line.all("unsubscribe")).toHaveLength(1);
});

const BUSY = { ok: false, error: { code: "database_busy", message: "Busy.", retry: true } };
const NEVER = { ok: false, error: { code: "not_found", message: "No.", retry: false } };

/** A room that was whole an hour ago, and a hub that has beaten just now and is well. */
function anHourAfter(what: (line: TestLine) => void): Room<Seen> {
  vi.setSystemTime(0);
  const { room, line } = opened();
  line.comesUp();
  line.last("subscribe").answer(answer(7, { board: { seqs: [] } }));
  vi.setSystemTime(3_600_000);
  what(line);
  line.hears("beat", { at: new Date().toISOString(), screens: "s", behindSeconds: 0.5 });
  return room;
}

const age = (room: Room<Seen>) => freshness({ ...room.now(), nowMs: Date.now() });

test.each<[string, (line: TestLine) => void]>([
  ["was closed", (line) => line.hears("room_closed", { room: NAME, reason: "not_your_job" })],
  ["was refused on coming back", (line) => (line.goesDown(), line.comesUp(), line.last("subscribe").answer(NEVER))],
  [
    "has a gap that cannot be filled yet",
    (line) => (line.hears("x", entry(10, 9)), line.last("subscribe").answer(BUSY)),
  ],
  [
    "was reset and has no board yet",
    (line) => (line.hears("room_reset", { room: NAME }), line.last("subscribe").answer(BUSY)),
  ],
  ["could not take an entry in", (line) => void expect(() => line.hears("x", entry(UNHEARD_OF, 7))).toThrow()],
  [
    "has pages still to come",
    (line) => (
      line.goesDown(),
      line.comesUp(),
      line.last("subscribe").answer(answer(8, { more: true })),
      line.goesDown(),
      line.comesUp()
    ),
  ],
])("a room that %s is not live, however well the hub is", (_, what) => {
  expect(age(anHourAfter(what)).state).not.toBe("live");
});

test("beats that waited while a tablet slept prove nothing of now", () => {
  vi.setSystemTime(0);
  const { room, line } = opened();
  line.comesUp();
  line.last("subscribe").answer(answer(7, { board: { seqs: [] } }));
  line.hears("beat", { at: new Date().toISOString(), screens: "s", behindSeconds: 0.5 });
  const waiting = new Date(5_000).toISOString();
  vi.setSystemTime(600_000);
  line.hears("beat", { at: waiting, screens: "s", behindSeconds: 0.5 });
  expect(age(room).state).toBe("behind");
});

test("on a clock that was set back a room is proven anew by the next beat, and ages from there", () => {
  vi.setSystemTime(10_000_000);
  const { room, line } = opened();
  line.comesUp();
  line.last("subscribe").answer(answer(7, { board: { seqs: [] } }));
  vi.setSystemTime(6_400_000);
  expect(age(room)).toMatchObject({ isStale: true });
  line.goesDown();
  line.comesUp();
  line.last("subscribe").answer(answer(7, { recovered: true }));
  expect(age(room)).toEqual({ state: "live" });
  vi.setSystemTime(6_460_000);
  expect(age(room)).toMatchObject({ isStale: true });
});

test("what was refused is asked for again when somebody's rights are others", () => {
  const { line } = opened();
  line.comesUp();
  line.last("subscribe").answer(NEVER);
  line.hears("your_rights_changed", { room: "user:u", seq: 1, prev: 0, timestamp: "" });
  expect(line.all("subscribe")).toHaveLength(2);
});

// What the device remembers

function away(found: Remembered | null = REMEMBERED) {
  const kept: Remembered[] = [];
  const memories: Memory = {
    recall: () => Promise.resolve(found),
    remember: (_room, what) => Promise.resolve(void kept.push(what)),
  };
  let line: TestLine | undefined;
  const open = (_: unknown, ear: Ear): TestLine => (line = new TestLine(ear));
  const hub = new Hub({ token: "t", keeper: memory(), memory: memories, open });
  if (line === undefined) throw new Error("A hub opens its line at once.");
  return { hub, line, kept, room: hub.room(NAME, { ...KIND, isRemembered: true }) };
}

const REMEMBERED: Remembered = { what: { board: { seqs: [3] }, held: { seq: 3, epoch: "e" } }, atMs: 1_000 };

test("without a line a room shows its last board, as old as it is", async () => {
  vi.setSystemTime(3_600_000);
  const { room } = away();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(room.now()).toMatchObject({ board: { seqs: [3] }, seq: 3, provenAtMs: 1_000, isConnected: false });
  expect(freshness({ ...room.now(), nowMs: Date.now() })).toMatchObject({ state: "offline", isStale: true });
});

test("when the line is back the chain goes on from what was remembered", async () => {
  const { room, line } = away();
  await vi.advanceTimersByTimeAsync(1_000);
  line.comesUp();
  expect(line.last("subscribe").body).toEqual({ room: NAME, since: 3, epoch: "e" });
  line.last("subscribe").answer(answer(5, { entries: [entry(5, 3)] }));
  expect(room.now().board).toEqual({ seqs: [3, 5] });
});

test("of another life of the ledger nothing that was remembered stays", async () => {
  const { room, line } = away();
  await vi.advanceTimersByTimeAsync(1_000);
  line.comesUp();
  line.last("subscribe").answer(answer(1, { epoch: "f", board: { seqs: [] } }));
  expect(room.now()).toMatchObject({ board: { seqs: [] }, seq: 1, epoch: "f" });
});

test("a hub that is there is not preceded by an old board", async () => {
  const { room, line } = away();
  line.comesUp();
  line.last("subscribe").answer(answer(9, { board: { seqs: [9] } }));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(room.now().board).toEqual({ seqs: [9] });
});

test("a board is kept when the line breaks, and now and then before", async () => {
  const { line, kept } = away(null);
  line.comesUp();
  line.last("subscribe").answer(answer(9, { board: { seqs: [] } }));
  line.hears("dish", entry(10, 9));
  line.hears("dish", entry(11, 10));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(kept).toMatchObject([{ what: { board: { seqs: [10, 11] }, held: { seq: 11, epoch: "e" } } }]);
  line.hears("dish", entry(12, 11));
  line.goesDown();
  expect(kept.at(-1)).toMatchObject({ what: { held: { seq: 12 } } });
});

test("the first board is kept at once, for the network may be gone before anything changes", async () => {
  const { line, kept } = away(null);
  line.comesUp();
  line.last("subscribe").answer(answer(9, { board: { seqs: [] } }));
  await vi.advanceTimersByTimeAsync(0);
  expect(kept).toMatchObject([{ what: { held: { seq: 9 } } }]);
  line.hears("dish", entry(10, 9));
  line.hears("dish", entry(11, 10));
  await vi.advanceTimersByTimeAsync(9_999);
  expect(kept).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(kept).toMatchObject([{}, { what: { held: { seq: 11 } } }]);
});

test("whoever signs out leaves no board behind", async () => {
  const { hub, line, kept } = away(null);
  line.comesUp();
  line.last("subscribe").answer(answer(9, { board: { seqs: [] } }));
  hub.close();
  line.goesDown();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(kept).toEqual([]);
});
