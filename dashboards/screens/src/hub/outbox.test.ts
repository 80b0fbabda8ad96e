import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { type Keeper, type Kept, memory } from "./kept.ts";
import type { Acknowledged } from "./line.ts";
import { KEEP_MS_MAX } from "./keeping.ts";
import { type Asked, Outbox, SHOWN_MS_MAX } from "./outbox.ts";
import type { Refusal } from "./refusal.ts";
import { TestLine } from "./stand-ins.ts";
import { JUDGED_MS_MAX, MERGED_MS_MAX } from "./term.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Late {
  readonly answer: Acknowledged | Refusal;
  readonly asked: Asked;
}

async function opened(keeper: Keeper = memory(), late: Late[] = []) {
  const ear = {
    connected: () => outbox.connected(),
    disconnected: () => outbox.disconnected(),
    sentAway: () => undefined,
    heard: () => undefined,
  };
  const line = new TestLine(ear);
  const outbox: Outbox = new Outbox(
    () => line,
    keeper,
    (answer, asked) => late.push({ answer, asked }),
  );
  await settles();
  return { outbox, line, keeper, late };
}

/** Until the drawer has answered, which in memory is at once. */
async function settles(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

async function comesUp(line: TestLine): Promise<void> {
  line.comesUp();
  await settles();
}

/** A keeper that a test can make take nothing, or take its time. */
function drawer() {
  const kept = memory();
  const state = { isFull: false, isStuck: false };
  const keeper: Keeper = {
    ...kept,
    write: (changed, gone) => {
      if (state.isFull) return Promise.reject(new Error("full"));
      if (state.isStuck) return new Promise(() => undefined);
      return kept.write(changed, gone);
    },
  };
  return { keeper, state };
}

test("what a page leaves that goes after this one came is sent as soon as it has gone", async () => {
  const kept = memory();
  let more = (): void => undefined;
  const { outbox, line } = await opened({ ...kept, listen: (listener) => void (more = listener) });
  await comesUp(line);
  const left = {
    commandId: "left",
    verb: "bump_ticket",
    fields: { ticketId: "t" },
    askedAtMs: Date.now(),
    wasSaid: false,
  };
  await kept.write([left as Kept], []);
  expect(outbox.now()).toEqual([]);
  more();
  await settles();
  expect(line.last("bump_ticket").body).toMatchObject({ ticketId: "t", commandId: "left" });
});

const no = (code: string, retry = false) => ({ ok: false, error: { code, message: "No.", retry } });

test("what is asked without a line is sent when there is one, and answered", async () => {
  const { outbox, line } = await opened();
  const asking = outbox.ask("bump_ticket", { ticketId: "t" });
  expect(outbox.now()[0]).toMatchObject({ isHeldUp: true });
  await comesUp(line);
  expect(line.last("bump_ticket").body).toMatchObject({ ticketId: "t" });
  line.last("bump_ticket").answer({ ok: true, status: "bumped" });
  await expect(asking).resolves.toMatchObject({ status: "bumped" });
  expect(outbox.now()).toEqual([]);
});

test("what was not answered before the line broke is said again, with the same id", async () => {
  const { outbox, line } = await opened();
  await comesUp(line);
  void outbox.ask("bump_ticket", { ticketId: "t" });
  const first = line.last("bump_ticket").body["commandId"];
  line.goesDown();
  await comesUp(line);
  expect(line.all("bump_ticket").map((one) => one.body["commandId"])).toEqual([first, first]);
});

test("commands about one thing go one after the other; about others they do not wait", async () => {
  const { outbox, line } = await opened();
  await comesUp(line);
  void outbox.ask("bump_ticket", { ticketId: "t" });
  void outbox.ask("recall_ticket", { ticketId: "t" });
  void outbox.ask("bump_ticket", { ticketId: "u" });
  expect(line.said.map((one) => one.name)).toEqual(["bump_ticket", "bump_ticket"]);
  line.said[0]?.answer({ ok: true });
  expect(line.last("recall_ticket").body).toMatchObject({ ticketId: "t" });
});

test("a refusal reaches whoever asked", async () => {
  const { outbox, line } = await opened();
  await comesUp(line);
  const asking = outbox.ask("bump_ticket", { ticketId: "t" });
  line.last("bump_ticket").answer(no("illegal_ticket_step"));
  await expect(asking).rejects.toMatchObject({ code: "illegal_ticket_step" });
});

test("busy, still in progress and silent are tried again with the same id", async () => {
  const { outbox, line } = await opened();
  await comesUp(line);
  void outbox.ask("bump_ticket", { ticketId: "t" });
  line.last("bump_ticket").answer(no("database_busy", true));
  vi.advanceTimersByTime(2_000);
  line.last("bump_ticket").answer(no("in_progress"));
  vi.advanceTimersByTime(2_000);
  vi.advanceTimersByTime(8_000);
  const said = line.all("bump_ticket").map((one) => one.body["commandId"]);
  expect(said.length).toBeGreaterThanOrEqual(4);
  expect(new Set(said).size).toBe(1);
});

test("an answer that comes late is an answer, and what it answers is not sent again", async () => {
  const { outbox, line } = await opened();
  await comesUp(line);
  const asking = outbox.ask("bump_ticket", { ticketId: "t" });
  vi.advanceTimersByTime(5_100);
  line.said[0]?.answer({ ok: true });
  await asking;
  vi.advanceTimersByTime(60_000);
  expect(line.all("bump_ticket")).toHaveLength(1);
});

test("what waits can be taken back; what was sent cannot", async () => {
  const { outbox, line } = await opened();
  const asking = outbox.ask("bump_ticket", { ticketId: "t" });
  expect(outbox.takeBack(outbox.now()[0]?.commandId ?? "")).toBe(true);
  await expect(asking).rejects.toMatchObject({ code: "taken_back" });
  await comesUp(line);
  expect(line.said).toEqual([]);
  void outbox.ask("bump_ticket", { ticketId: "t" });
  expect(outbox.takeBack(outbox.now()[0]?.commandId ?? "")).toBe(false);
});

test("what may have been done already cannot be taken back after a loss", async () => {
  const { outbox, line } = await opened();
  await comesUp(line);
  void outbox.ask("bump_ticket", { ticketId: "t" });
  line.goesDown();
  expect(outbox.takeBack(outbox.now()[0]?.commandId ?? "")).toBe(false);
});

test("what waits survives a reload, and a late refusal is told", async () => {
  const before = await opened();
  void before.outbox.ask("bump_ticket", { ticketId: "t" });
  await settles();
  const after = await opened(before.keeper);
  await comesUp(after.line);
  expect(after.line.last("bump_ticket").body["commandId"]).toBe(before.outbox.now()[0]?.commandId);
  after.line.last("bump_ticket").answer(no("illegal_ticket_step"));
  expect(after.late).toMatchObject([
    { answer: { code: "illegal_ticket_step", isLate: true }, asked: { fields: { ticketId: "t" } } },
  ]);
});

test("what was asked before a reload goes before what was asked after it", async () => {
  const before = await opened();
  void before.outbox.ask("bump_ticket", { ticketId: "t" });
  await settles();
  const after = await opened(before.keeper);
  void after.outbox.ask("recall_ticket", { ticketId: "t" });
  expect(after.outbox.now().map((one) => one.verb)).toEqual(["bump_ticket", "recall_ticket"]);
  await comesUp(after.line);
  after.line.last("bump_ticket").answer({ ok: true });
  after.line.last("recall_ticket").answer({ ok: true });
  await settles();
  expect(await after.keeper.read()).toEqual([]);
});

test("what was asked before the drawer was opened is sent after what lay in it", async () => {
  const before = await opened();
  void before.outbox.ask("bump_ticket", { ticketId: "t" });
  await settles();
  const opening = opened(before.keeper);
  const after = await opening;
  after.line.isConnected = true;
  void after.outbox.ask("recall_ticket", { ticketId: "t" });
  await comesUp(after.line);
  expect(after.line.said.map((one) => one.name)).toEqual(["bump_ticket"]);
});

test("what waited goes out one after the other, whatever it is about: who asked later knew of it", async () => {
  const { outbox, line } = await opened();
  void outbox.ask("bump_ticket", { ticketId: "t" });
  void outbox.ask("serve_order", { orderId: "o", course: 1 });
  void outbox.ask("rush_ticket", { ticketId: "u" });
  await comesUp(line);
  expect(line.said.map((one) => one.name)).toEqual(["bump_ticket"]);
  line.last("bump_ticket").answer({ ok: true });
  expect(line.said.map((one) => one.name)).toEqual(["bump_ticket", "serve_order"]);
  // What the hub chokes on holds up nothing but its own thing.
  line.last("serve_order").answer(no("database_busy", true));
  expect(line.last("rush_ticket").body).toMatchObject({ ticketId: "u" });
});

test("what is merged waits for a shift, and what is judged by when it comes for half an hour", async () => {
  const { outbox, line } = await opened();
  const bumping = outbox.ask("bump_ticket", { ticketId: "t", recalls: 0 });
  const seating = outbox.ask("seat_party", { tableId: "t", covers: 2 });
  const refused = expect(seating).rejects.toMatchObject({ code: "not_sent", isLate: true });
  vi.advanceTimersByTime(JUDGED_MS_MAX + 1);
  await comesUp(line);
  await refused;
  line.last("bump_ticket").answer({ ok: true });
  await bumping;
  line.goesDown();
  const tooLate = expect(outbox.ask("bump_ticket", { ticketId: "t", recalls: 0 })).rejects.toMatchObject({
    code: "not_sent",
  });
  vi.advanceTimersByTime(MERGED_MS_MAX + 1);
  await comesUp(line);
  await tooLate;
  expect(line.all("bump_ticket")).toHaveLength(1);
});

test("what says nothing of what its asker had seen is judged by when it comes", async () => {
  const { outbox, line } = await opened();
  const refused = expect(outbox.ask("bump_ticket", { ticketId: "t" })).rejects.toMatchObject({ code: "not_sent" });
  vi.advanceTimersByTime(JUDGED_MS_MAX + 1);
  await comesUp(line);
  await refused;
  expect(line.said).toEqual([]);
});

test("a command says where the board stood by which it was decided", async () => {
  const { outbox, line } = await opened();
  await comesUp(line);
  void outbox.ask("bump_ticket", { ticketId: "t" }, { epoch: "e", seq: 7 });
  expect(line.last("bump_ticket").body).toMatchObject({ ticketId: "t", seen: { epoch: "e", seq: 7 } });
});

test("what the hub may have heard is not called never sent", async () => {
  const { outbox, line } = await opened();
  await comesUp(line);
  const refused = expect(outbox.ask("bump_ticket", { ticketId: "t" })).rejects.toMatchObject({ code: "not_answered" });
  line.goesDown();
  vi.advanceTimersByTime(JUDGED_MS_MAX + 1);
  await comesUp(line);
  await refused;
});

test("a tap is kept when the device has it, and is shown as done no sooner", async () => {
  const { outbox } = await opened();
  void outbox.ask("bump_ticket", { ticketId: "t" });
  expect(outbox.now()).toMatchObject([{ keeping: "soon" }]);
  expect(outbox.ahead()).toEqual([]);
  await settles();
  expect(outbox.now()).toMatchObject([{ keeping: "kept" }]);
  expect(outbox.ahead()).toEqual(outbox.now());
});

test("a full drawer costs the reload, not the tap, and what waits says so until there is room", async () => {
  const { keeper, state } = drawer();
  const { outbox, line } = await opened(keeper);
  state.isFull = true;
  void outbox.ask("bump_ticket", { ticketId: "t" });
  await settles();
  expect(outbox.ahead()).toMatchObject([{ keeping: "page_only" }]);
  state.isFull = false;
  const second = outbox.ask("bump_ticket", { ticketId: "u" });
  await settles();
  expect(outbox.ahead()).toMatchObject([{ keeping: "kept" }, { keeping: "kept" }]);
  state.isFull = true;
  await comesUp(line);
  line.last("bump_ticket").answer({ ok: true });
  line.last("bump_ticket").answer({ ok: true });
  await second;
  expect(line.all("bump_ticket")).toHaveLength(2);
});

test("a drawer that does not answer holds up neither the glass nor the line", async () => {
  const { keeper, state } = drawer();
  const { outbox, line } = await opened(keeper);
  state.isStuck = true;
  void outbox.ask("bump_ticket", { ticketId: "t" });
  await vi.advanceTimersByTimeAsync(KEEP_MS_MAX);
  expect(outbox.ahead()).toMatchObject([{ keeping: "page_only" }]);
  line.comesUp();
  await vi.advanceTimersByTimeAsync(KEEP_MS_MAX);
  expect(line.all("bump_ticket")).toHaveLength(1);
});

test("the device knows that the hub may have heard it before the hub hears it", async () => {
  const { outbox, line, keeper } = await opened();
  void outbox.ask("bump_ticket", { ticketId: "t" });
  await settles();
  const isSaid = async (): Promise<boolean> => (await keeper.read())[0]?.wasSaid ?? false;
  expect(await isSaid()).toBe(false);
  line.comesUp();
  expect(line.said).toEqual([]);
  await settles();
  expect([await isSaid(), line.said.length]).toEqual([true, 1]);
});

test("what was done after a wait is shown as done until the board can show it, and no longer", async () => {
  const { outbox, line } = await opened();
  void outbox.ask("bump_ticket", { ticketId: "t" });
  await comesUp(line);
  expect(outbox.ahead()).toMatchObject([{ verb: "bump_ticket", isHeldUp: false }]);
  line.last("bump_ticket").answer({ ok: true });
  expect([outbox.now().length, outbox.ahead().length]).toEqual([0, 1]);
  vi.advanceTimersByTime(SHOWN_MS_MAX);
  expect(outbox.ahead()).toEqual([]);
});

test("what is answered at once was never shown as done ahead of the hub", async () => {
  const { outbox, line } = await opened();
  await comesUp(line);
  void outbox.ask("bump_ticket", { ticketId: "t" });
  await settles();
  expect(outbox.ahead()).toEqual([]);
  line.last("bump_ticket").answer({ ok: true });
  expect(outbox.ahead()).toEqual([]);
});

test("what was refused after a wait is not shown as done", async () => {
  const { outbox, line } = await opened();
  const asking = expect(outbox.ask("bump_ticket", { ticketId: "t" })).rejects.toMatchObject({ isLate: true });
  await comesUp(line);
  line.last("bump_ticket").answer(no("illegal_ticket_step"));
  await asking;
  expect(outbox.ahead()).toEqual([]);
});

test("an order that the hub chokes on does not hold back the next one", async () => {
  const { outbox, line } = await opened();
  await comesUp(line);
  void outbox.ask("place_order", { restaurantId: "r", kind: "pickup", lines: [] });
  void outbox.ask("place_order", { restaurantId: "r", kind: "delivery", lines: [] });
  expect(line.all("place_order").map((one) => one.body["kind"])).toEqual(["pickup", "delivery"]);
});
