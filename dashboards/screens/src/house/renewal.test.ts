import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { SignedIn } from "../hub/index.ts";
import { goOn, type Renewal } from "./renewal.ts";
import { type Place, type Shift, shiftOf } from "./shift.ts";

const MINUTE_MS = 60_000;
const START_MS = Date.parse("2026-11-22T18:00:00Z");

let asked: { refreshToken: string; commandId: string }[];
let answers: Response[];
let kept: Shift | null;
let renewed: Shift[];
let over: string[];
let renewal: Renewal;

const place: Place = { name: "kitchen", now: () => kept, keep: (shift) => (kept = shift) };
const going = {
  renewed: (shift: Shift) => renewed.push(shift),
  over: (refusal: { readonly code: string }) => over.push(refusal.code),
};

function signedIn(nth: number, sessionId = "session"): SignedIn {
  return {
    accessToken: `access ${nth}`,
    tokenType: "Bearer",
    expiresAt: new Date(START_MS + nth * 1_000 + 15 * MINUTE_MS).toISOString(),
    expiresInSeconds: 900,
    refreshToken: `refresh ${nth}`,
    refreshExpiresAt: "2030-01-01T00:00:00Z",
    deviceToken: null,
    sessionId,
    userId: "cook",
    name: "Cook",
    roles: {},
  };
}

const yes = (nth: number): Response => Response.json(signedIn(nth));
const no = (status: number, code: string): Response => Response.json({ code, detail: "No." }, { status });

beforeEach(() => {
  vi.useFakeTimers({ now: START_MS });
  [asked, answers, renewed, over] = [[], [], [], []];
  vi.stubGlobal("fetch", (_: string, { body }: { readonly body: string }) => {
    asked.push(JSON.parse(body));
    const answer = answers.shift();
    return answer === undefined ? Promise.reject(new TypeError("no network")) : Promise.resolve(answer);
  });
  kept = shiftOf(signedIn(0));
  renewal = goOn(kept, place, going);
});

afterEach(() => {
  renewal.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a token is exchanged while there is time left, and kept for the other tabs", async () => {
  answers = [yes(1), yes(2)];
  await vi.advanceTimersByTimeAsync(9.9 * MINUTE_MS);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(0.2 * MINUTE_MS);
  expect(asked.map((one) => one.refreshToken)).toEqual(["refresh 0"]);
  expect(renewed.map((one) => one.accessToken)).toEqual(["access 1"]);
  expect(kept?.refreshToken).toBe("refresh 1");
  await vi.advanceTimersByTimeAsync(10.2 * MINUTE_MS);
  expect(asked.map((one) => one.refreshToken)).toEqual(["refresh 0", "refresh 1"]);
});

test("what another tab was given is taken, and the hub is not asked", async () => {
  kept = shiftOf(signedIn(1));
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  expect(renewed.map((one) => one.accessToken)).toEqual(["access 1"]);
  expect(asked).toEqual([]);
});

test("without the network it is tried until there is one, as one and the same request", async () => {
  await vi.advanceTimersByTimeAsync(30 * MINUTE_MS);
  expect(asked.length).toBeGreaterThan(10);
  expect(new Set(asked.map((one) => one.commandId)).size).toBe(1);
  expect(over).toEqual([]);
  answers = [yes(1)];
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  expect(renewed.map((one) => one.accessToken)).toEqual(["access 1"]);
});

test.each([
  [500, "internal"],
  [503, "busy"],
  [429, "rate_limited"],
  [404, "no_such_route"],
])("a hub that answers %i %s has not ended the shift", async (status, code) => {
  answers = [no(status, code), yes(1)];
  await vi.advanceTimersByTimeAsync(11 * MINUTE_MS);
  expect(over).toEqual([]);
  expect(renewed.map((one) => one.accessToken)).toEqual(["access 1"]);
});

test.each(["session_over", "token_expired", "token_invalid"])("a hub that says %s has", async (code) => {
  answers = [no(401, code)];
  await vi.advanceTimersByTimeAsync(11 * MINUTE_MS);
  expect(over).toEqual([code]);
});

test("what the hub calls expired is exchanged at once, whatever this device's clock says", async () => {
  answers = [yes(1)];
  vi.setSystemTime(START_MS - 60 * MINUTE_MS);
  renewal.now();
  await vi.advanceTimersByTimeAsync(0);
  expect(renewed.map((one) => one.accessToken)).toEqual(["access 1"]);
});

test("who signed out in another tab is signed out here, when this one would go on", async () => {
  kept = null;
  await vi.advanceTimersByTimeAsync(11 * MINUTE_MS);
  expect(over).toEqual(["session_over"]);
  expect(asked).toEqual([]);
});

test("a shift that somebody began in another tab is neither taken nor lost", async () => {
  const others = shiftOf(signedIn(5, "another session"));
  kept = others;
  answers = [yes(1)];
  await vi.advanceTimersByTimeAsync(11 * MINUTE_MS);
  expect(renewed.map((one) => one.accessToken)).toEqual(["access 1"]);
  expect(kept).toBe(others);
});
