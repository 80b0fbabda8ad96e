import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Refusal } from "../hub/index.ts";
import { local } from "./storage.ts";
import {
  enrollHere,
  forgetTablet,
  lengthOf,
  lockedUntilMs,
  signInByPin,
  type Tablet,
  tabletHere,
  takesPins,
} from "./tablet.ts";

const GRILL: Tablet = { tabletToken: "brd_x", deviceId: "d", name: "Grill", restaurantId: "r" };
const COOK = { userId: "cook", name: "Cook", expiresInSeconds: 900, refreshToken: "one" };

let answers: Response[];
let asked: { readonly path: string; readonly body: unknown }[];
const no = (status: number, code: string): Response => Response.json({ code, detail: "No." }, { status });

beforeEach(() => {
  [answers, asked] = [[], []];
  vi.stubGlobal("fetch", (path: string, { body }: { readonly body?: string }) => {
    asked.push({ path, body: JSON.parse(body ?? "null") });
    const answer = answers.shift();
    return answer === undefined ? Promise.reject(new TypeError("no network")) : Promise.resolve(answer);
  });
});

afterEach(() => {
  forgetTablet();
  vi.unstubAllGlobals();
});

test("a device is a tablet from the code on, until it is told that it is none any more", async () => {
  expect(tabletHere()).toBeNull();
  answers = [Response.json(GRILL)];
  await enrollHere(" k7m4 x2pq ", " Grill ");
  expect(asked[0]?.body).toEqual({ code: "k7m4 x2pq", name: "Grill" });
  expect(tabletHere()).toEqual(GRILL);
  forgetTablet();
  expect(tabletHere()).toBeNull();
});

test("a code that is refused makes no tablet, and takes none away", async () => {
  answers = [Response.json(GRILL), no(401, "wrong_device_code")];
  await enrollHere("K7M4X2PQ", "Grill");
  await expect(enrollHere("AAAAAAAA", "Pass")).rejects.toMatchObject({ code: "wrong_device_code" });
  expect(tabletHere()).toEqual(GRILL);
});

test.each(["", "no json", "7", "null", "{}"])("what is kept as %j by somebody else is no tablet", (text) => {
  local.setItem("brigade.tablet", text);
  expect(tabletHere()).toBeNull();
});

test("a shift that begins with a PIN says at which tablet, and how many digits it had is known the next time", async () => {
  answers = [Response.json(COOK)];
  expect(lengthOf("cook")).toBeNull();
  expect(await signInByPin(GRILL, "cook", "27391")).toMatchObject({ name: "Cook", tabletId: "d" });
  expect(asked[0]).toEqual({ path: "/api/v2/auth/pin", body: { tabletToken: "brd_x", userId: "cook", pin: "27391" } });
  expect(lengthOf("cook")).toBe(5);
  expect(lengthOf("host")).toBeNull();
});

test("after a wrong PIN nobody knows how many digits it has, and a network that is away says nothing of that", async () => {
  answers = [Response.json(COOK)];
  await signInByPin(GRILL, "cook", "2739");
  await expect(signInByPin(GRILL, "cook", "2738")).rejects.toMatchObject({ code: "unreachable" });
  expect(lengthOf("cook")).toBe(4);
  answers = [no(401, "wrong_pin")];
  await expect(signInByPin(GRILL, "cook", "2738")).rejects.toMatchObject({ code: "wrong_pin" });
  expect(lengthOf("cook")).toBeNull();
});

test("a lock has its end on this device's clock, and no other refusal is one", () => {
  const refusal = (code: string) => new Refusal({ code, message: "No.", retry: true, retryAfterSeconds: 90 });
  expect(lockedUntilMs(refusal("pin_locked"), 1_000)).toBe(91_000);
  expect(lockedUntilMs(refusal("auth_rate_limited"), 1_000)).toBeNull();
});

test("a PIN opens the screens that a dinner is made with, and no desk", () => {
  const screens = ["front", "kitchen", "floor", "ops", "office", "live"] as const;
  expect(screens.filter(takesPins)).toEqual(["kitchen", "floor"]);
});
