import { expect, test } from "vitest";

import { Hub } from "../hub/index.ts";
import { memory } from "../hub/kept.ts";
import { TestLine } from "../hub/stand-ins.ts";
import { OPS } from "./board.ts";
import { board, pulse } from "./stand-ins.ts";

function opened() {
  let line: TestLine | undefined;
  const hub = new Hub({ token: "t", keeper: memory(), open: (_, ear) => (line = new TestLine(ear)) });
  if (line === undefined) throw new Error("A hub opens its line at once.");
  const room = hub.room("ops", OPS);
  line.comesUp();
  const answered = { ok: true, room: "ops", epoch: "e", seq: 0, entries: [], more: false };
  line.last("subscribe").answer({ ...answered, board: board(pulse("a", 0), pulse("b", 0)) });
  return { room, line };
}

test("a pulse takes the place of what the same hub said before, and of nothing else", () => {
  const { room, line } = opened();
  const before = room.now().board?.hubs;
  line.hears("hub_pulse", pulse("b", 1, { sockets: 9 }));
  expect(room.now().board?.hubs.map((one) => [one.instance, one.sockets])).toEqual([
    ["a", 7],
    ["b", 9],
  ]);
  expect(room.now().board?.hubs[0]).toBe(before?.[0]);
});

test("a hub that pulses for the first time joins the house", () => {
  const { room, line } = opened();
  line.hears("hub_pulse", pulse("c", 1));
  expect(room.now().board?.hubs.map((one) => one.instance)).toEqual(["a", "b", "c"]);
});

test("what is no pulse changes nothing", () => {
  const { room, line } = opened();
  const before = room.now().board;
  line.hears("hub_pulse", { room: "ops" });
  line.hears("something_new", pulse("c", 1));
  expect(room.now().board).toBe(before);
});
