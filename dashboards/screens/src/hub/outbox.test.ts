import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { type Asked, KEPT_MS_MAX, memory, Outbox } from "./outbox.ts";
import type { Refusal } from "./refusal.ts";

import { TestLine } from "./stand-ins.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Late {
  readonly refusal: Refusal;
  readonly asked: Asked;
}

function opened(keeper = memory(), late: Late[] = []) {
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
    "kept",
    (refusal, asked) => late.push({ refusal, asked }),
  );
  return { outbox, line, keeper, late };
}

const no = (code: string, retry = false) => ({ ok: false, error: { code, message: "No.", retry } });

test("what is asked without a line is sent when there is one, and answered", async () => {
  const { outbox, line } = opened();
  const asking = outbox.ask("bump_ticket", { ticketId: "t" });
  expect(outbox.now()[0]).toMatchObject({ isHeldUp: true });
  line.comesUp();
  expect(line.last("bump_ticket").body).toMatchObject({ ticketId: "t" });
  line.last("bump_ticket").answer({ ok: true, status: "bumped" });
  await expect(asking).resolves.toMatchObject({ status: "bumped" });
  expect(outbox.now()).toEqual([]);
});

test("what was not answered before the line broke is said again, with the same id", () => {
  const { outbox, line } = opened();
  line.comesUp();
  void outbox.ask("bump_ticket", { ticketId: "t" });
  const first = line.last("bump_ticket").body["commandId"];
  line.goesDown();
  line.comesUp();
  expect(line.all("bump_ticket").map((one) => one.body["commandId"])).toEqual([first, first]);
});

test("commands about one thing go one after the other; about others they do not wait", () => {
  const { outbox, line } = opened();
  line.comesUp();
  void outbox.ask("bump_ticket", { ticketId: "t" });
  void outbox.ask("recall_ticket", { ticketId: "t" });
  void outbox.ask("bump_ticket", { ticketId: "u" });
  expect(line.said.map((one) => one.name)).toEqual(["bump_ticket", "bump_ticket"]);
  line.said[0]?.answer({ ok: true });
  expect(line.last("recall_ticket").body).toMatchObject({ ticketId: "t" });
});

test("a refusal reaches whoever asked", async () => {
  const { outbox, line } = opened();
  line.comesUp();
  const asking = outbox.ask("bump_ticket", { ticketId: "t" });
  line.last("bump_ticket").answer(no("illegal_ticket_step"));
  await expect(asking).rejects.toMatchObject({ code: "illegal_ticket_step" });
});

test("busy, still in progress and silent are tried again with the same id", () => {
  const { outbox, line } = opened();
  line.comesUp();
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
  const { outbox, line } = opened();
  line.comesUp();
  const asking = outbox.ask("bump_ticket", { ticketId: "t" });
  vi.advanceTimersByTime(5_100);
  line.said[0]?.answer({ ok: true });
  await asking;
  vi.advanceTimersByTime(60_000);
  expect(line.all("bump_ticket")).toHaveLength(1);
});

test("what waits can be taken back; what was sent cannot", async () => {
  const { outbox, line } = opened();
  const asking = outbox.ask("bump_ticket", { ticketId: "t" });
  expect(outbox.takeBack(outbox.now()[0]?.commandId ?? "")).toBe(true);
  await expect(asking).rejects.toMatchObject({ code: "taken_back" });
  line.comesUp();
  expect(line.said).toEqual([]);
  void outbox.ask("bump_ticket", { ticketId: "t" });
  expect(outbox.takeBack(outbox.now()[0]?.commandId ?? "")).toBe(false);
});

test("what may have been done already cannot be taken back after a loss", () => {
  const { outbox, line } = opened();
  line.comesUp();
  void outbox.ask("bump_ticket", { ticketId: "t" });
  line.goesDown();
  expect(outbox.takeBack(outbox.now()[0]?.commandId ?? "")).toBe(false);
});

test("what waits survives a reload, and a late refusal is told", () => {
  const before = opened();
  void before.outbox.ask("bump_ticket", { ticketId: "t" });
  const after = opened(before.keeper);
  after.line.comesUp();
  expect(after.line.last("bump_ticket").body["commandId"]).toBe(before.outbox.now()[0]?.commandId);
  after.line.last("bump_ticket").answer(no("illegal_ticket_step"));
  expect(after.late).toMatchObject([
    { refusal: { code: "illegal_ticket_step" }, asked: { fields: { ticketId: "t" } } },
  ]);
});

test("what could not be sent for half an hour is not done behind anybody's back", async () => {
  const { outbox, line } = opened();
  const asking = outbox.ask("bump_ticket", { ticketId: "t" });
  const refused = expect(asking).rejects.toMatchObject({ code: "not_sent" });
  vi.advanceTimersByTime(KEPT_MS_MAX + 1);
  line.comesUp();
  await refused;
  expect(line.said).toEqual([]);
});

test("a store that was tampered with is nothing to send", () => {
  const keeper = memory();
  keeper.setItem("kept", "{not json");
  expect(opened(keeper).outbox.now()).toEqual([]);
});

test("what the hub may have heard is not called never sent", async () => {
  const { outbox, line } = opened();
  line.comesUp();
  const refused = expect(outbox.ask("bump_ticket", { ticketId: "t" })).rejects.toMatchObject({ code: "not_answered" });
  line.goesDown();
  vi.advanceTimersByTime(KEPT_MS_MAX + 1);
  line.comesUp();
  await refused;
});

test("a storage that takes nothing costs the reload, not the tap", async () => {
  const full = (): never => {
    throw new Error("full");
  };
  const { outbox, line } = opened({ ...memory(), setItem: full });
  const asking = outbox.ask("bump_ticket", { ticketId: "t" });
  line.comesUp();
  line.last("bump_ticket").answer({ ok: true });
  await asking;
  expect(line.all("bump_ticket")).toHaveLength(1);
});

test("an order that the hub chokes on does not hold back the next one", () => {
  const { outbox, line } = opened();
  line.comesUp();
  void outbox.ask("place_order", { restaurantId: "r", kind: "pickup", lines: [] });
  void outbox.ask("place_order", { restaurantId: "r", kind: "delivery", lines: [] });
  expect(line.all("place_order").map((one) => one.body["kind"])).toEqual(["pickup", "delivery"]);
});
