import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { type Asked, Refusal } from "../hub/index.ts";
import { type LastLine, leaversNow, leftBefore, seeOff, seeOffLeft } from "./leaving.ts";
import { type Shift, shiftOf } from "./shift.ts";
import { local } from "./storage.ts";

const NOW_MS = Date.parse("2026-11-22T18:00:00Z");

/** A line with so many taps on it, of which the test says when they are heard. */
class TestLine implements LastLine {
  asked: readonly Asked[] = [];
  isClosed = false;
  isLooking = true;
  readonly carried: string[] = [];
  #listeners = new Set<() => void>();
  readonly outbox = {
    now: () => this.asked,
    listen: (listener: () => void) => {
      this.#listeners.add(listener);
      return () => this.#listeners.delete(listener);
    },
  };

  constructor(count: number) {
    this.has(count);
  }

  has(count: number): void {
    const one = { commandId: "1", verb: "bump_ticket", fields: {}, askedAtMs: NOW_MS, wasSaid: true } as const;
    this.asked = Array<Asked>(count).fill({ ...one, isHeldUp: true, hasWaited: true, keeping: "kept" });
    for (const listener of this.#listeners) listener();
  }

  carry(token: string): void {
    this.carried.push(token);
  }

  lookAway(): void {
    this.isLooking = false;
  }

  close(): void {
    this.isClosed = true;
  }
}

let paths: string[];
let next: object;

function shift(nth: number): Shift {
  const expiresAt = new Date(NOW_MS + nth * 1_000 + 900_000).toISOString();
  const tokens = { accessToken: `access ${nth}`, refreshToken: `refresh ${nth}`, expiresAt, expiresInSeconds: 900 };
  const rest = { tokenType: "Bearer", refreshExpiresAt: "2030-01-01T00:00:00Z", deviceToken: null };
  return shiftOf(
    { ...tokens, ...rest, sessionId: "s", userId: "cook", name: "Cook", roles: {} },
    { tabletId: "grill" },
  );
}

const passes = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const counts = (): readonly number[] => leaversNow().map(({ count }) => count);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  [paths, next] = [[], shift(1)];
  vi.stubGlobal("fetch", (path: string, { headers }: { readonly headers: Record<string, string> }) => {
    paths.push(`${path.slice("/api/v2".length)} ${headers["Authorization"] ?? ""}`.trim());
    return Promise.resolve(Response.json(path.endsWith("refresh") ? next : {}));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("whoever has nothing left to send is signed out at once", async () => {
  const line = new TestLine(0);
  seeOff(line, shift(0));
  await passes();
  expect(line.isClosed).toBe(true);
  expect(paths).toEqual(["/auth/logout Bearer access 0"]);
  expect([leaversNow(), leftBefore()]).toEqual([[], []]);
});

test("a session ends when the last tap was heard, and not before", async () => {
  const line = new TestLine(2);
  seeOff(line, shift(0));
  await passes(1_000);
  expect([line.isLooking, line.isClosed, counts()]).toEqual([false, false, [2]]);
  line.has(1);
  await passes();
  expect([paths, counts()]).toEqual([[], [1]]);
  line.has(0);
  await passes();
  expect([line.isClosed, counts(), paths]).toEqual([true, [], ["/auth/logout Bearer access 0"]]);
});

test("who waits long for the network goes on as themselves, from one token to the next", async () => {
  const line = new TestLine(1);
  seeOff(line, shift(0));
  await passes(11 * 60_000);
  expect(line.carried).toEqual(["access 1"]);
  expect(leftBefore().map((one) => one.refreshToken)).toEqual(["refresh 1"]);
  line.has(0);
  await passes();
  expect(paths.at(-1)).toBe("/auth/logout Bearer access 1");
});

test("an old token is exchanged, and a session that is over is not gone on with", async () => {
  const line = new TestLine(1);
  const sentAway = seeOff(line, shift(0));
  sentAway(new Refusal({ code: "token_expired", message: "Old.", retry: false }));
  await passes();
  expect([line.carried, line.isClosed]).toEqual([["access 1"], false]);
  sentAway(new Refusal({ code: "session_over", message: "Over.", retry: false }));
  await passes();
  expect([line.isClosed, leaversNow(), leftBefore()]).toEqual([true, [], []]);
  expect(paths).toEqual(["/auth/refresh"]);
});

test("who was leaving when the page was closed is seen off by the next one, once", async () => {
  local.setItem("brigade.leaving", JSON.stringify([shift(0), "no shift"]));
  const lines: TestLine[] = [];
  const open = (): TestLine => {
    const line = new TestLine(1);
    lines.push(line);
    return line;
  };
  seeOffLeft(open);
  seeOffLeft(open);
  expect(lines.length).toBe(1);
  await passes();
  expect(paths).toEqual([]);
  lines[0]?.has(0);
  await passes();
  expect([paths, leftBefore()]).toEqual([["/auth/logout Bearer access 0"], []]);
});
