/**
 * The law, on examples from a real hub: the old board and the entries since make the board that would be read afresh.
 *
 * The examples are of a dinner that the hub's own tests play; they run this file and name the folder. It is no part of
 * `npm test`, which has no hub.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { type Boards, type Entry, EVENT_NAMES, HEARD } from "../wire.ts";
import { BOARDS } from "./index.ts";
import { isSame } from "./sharing.ts";

interface ExampleOf<K extends keyof Boards> {
  readonly room: string;
  readonly kind: K;
  readonly verb: string;
  readonly before: Boards[K];
  readonly entries: readonly Entry[];
  readonly after: Boards[K];
}
type Example = { [K in keyof Boards]: ExampleOf<K> }[keyof Boards];

const EXAMPLES = examplesIn(process.env["BRIGADE_EXAMPLES"]);

function examplesIn(folder: string | undefined): readonly Example[] {
  if (folder === undefined) {
    throw new Error("BRIGADE_EXAMPLES names no folder: tests/screens/test_reducers.py plays a dinner and names it.");
  }
  const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), "utf-8").trim().split("\n"));
  return lines.map((line): Example => frozen(JSON.parse(line)));
}

/** With nothing in it that anybody could change without being noticed. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

/** The board before, and after each of the entries. */
function boardsOf<K extends keyof Boards>({ kind, before, entries }: ExampleOf<K>): readonly Boards[K][] {
  const boards = [before];
  let board = before;
  for (const entry of entries) {
    board = frozen(BOARDS[kind].apply(board, entry));
    boards.push(board);
  }
  return boards;
}

describe.each(Object.keys(BOARDS))("%s", (kind) => {
  const examples = EXAMPLES.filter((example) => example.kind === kind);

  test.for(examples)("after $verb it is the board read afresh", (example) => {
    expect(boardsOf(example).at(-1)).toStrictEqual(example.after);
  });

  test.for(examples)("after $verb what did not change is the same object", (example) => {
    const boards = boardsOf(example);
    for (const [at, board] of boards.slice(1).entries()) expectShared(boards[at], board);
  });
});

/** The board itself where it says what it said before; and so each of its parts, and each thing on its lists. */
function expectShared(before: unknown, after: unknown): void {
  if (isSame(before, after)) {
    expect(after).toBe(before);
  } else if (isListed(before) && isListed(after)) {
    for (const one of after)
      expectShared(
        before.find((other) => isSameThing(other, one)),
        one,
      );
  } else if (isParted(before) && isParted(after)) {
    for (const name of Object.keys(before)) expectShared(before[name], after[name]);
  }
}

/** Whatever stands on a list begins with its id, unless it is one. */
function isSameThing(one: unknown, other: unknown): boolean {
  return isParted(one) && isParted(other) ? Object.values(one)[0] === Object.values(other)[0] : one === other;
}

function isListed(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isParted(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

describe("the examples", () => {
  test("have every event, in every kind of room that hears it", () => {
    const had = EXAMPLES.flatMap(({ kind, entries }) => entries.map(({ event }) => `${kind} hears ${event}`));
    const heard = Object.entries(HEARD).flatMap(([kind, events]) => events.map((event) => `${kind} hears ${event}`));
    expect(heard.filter((one) => !had.includes(one))).toEqual([]);
    expect(new Set(EXAMPLES.flatMap(({ entries }) => entries.map(({ event }) => event)))).toEqual(new Set(EVENT_NAMES));
  });

  test("have every kind of board, and none that is not known here", () => {
    expect(new Set(EXAMPLES.map(({ kind }) => kind))).toEqual(new Set(Object.keys(BOARDS)));
  });

  test("change boards", () => {
    for (const kind of Object.keys(BOARDS)) {
      expect(
        EXAMPLES.some((one) => one.kind === kind && !isSame(one.before, one.after)),
        kind,
      ).toBe(true);
    }
  });
});
