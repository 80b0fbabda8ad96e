import { expect, test } from "vitest";

import type { DeviceShown } from "../hub/index.ts";
import { grouped, newcomer, secondsLeft, sorted } from "./tablets.ts";

function tablet(deviceId: string, revokedAt: string | null = null): DeviceShown {
  return {
    deviceId,
    name: deviceId,
    enrolledAt: "2026-11-22T12:00:00Z",
    enrolledBy: null,
    lastUsedAt: null,
    revokedAt,
  };
}

test("a code is read in fours", () => {
  expect(grouped("K7M4X2PQ")).toBe("K7M4 X2PQ");
  expect(grouped("")).toBe("");
});

test("those that were revoked stand apart, the last one first", () => {
  const all = [
    tablet("old", "2026-11-01T12:00:00Z"),
    tablet("grill"),
    tablet("pass"),
    tablet("new", "2026-11-21T12:00:00Z"),
  ];
  const { here, gone } = sorted(all);
  expect(here.map((one) => one.name)).toEqual(["grill", "pass"]);
  expect(gone.map((one) => one.name)).toEqual(["new", "old"]);
});

test("who came in by the code is whoever was not there when it was made", () => {
  expect(newcomer([tablet("grill")], [tablet("grill")])).toBeNull();
  expect(newcomer([tablet("grill")], [tablet("grill"), tablet("pass")])?.name).toBe("pass");
});

test("a code runs out, and then stays so", () => {
  const nowMs = Date.parse("2026-11-22T12:00:00Z");
  expect(secondsLeft("2026-11-22T12:10:00.800Z", nowMs)).toBe(600);
  expect(secondsLeft("2026-11-22T11:59:59Z", nowMs)).toBe(0);
  // By a clock that is behind the hub's.
  expect(secondsLeft("2026-11-22T12:10:01.500Z", nowMs)).toBe(600);
});
