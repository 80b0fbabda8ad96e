import { expect, test } from "vitest";

import { HubClock } from "./clock.ts";

test("a tablet that is an hour wrong counts on the hub's clock", () => {
  let deviceMs = 3_600_000;
  const clock = new HubClock(() => deviceMs);
  clock.hear(new Date(0).toISOString());
  deviceMs += 5_000;
  expect(clock.nowMs()).toBe(5_000);
});

test("of several tellings the one that took the shortest way is believed", () => {
  let deviceMs = 1_000;
  const clock = new HubClock(() => deviceMs);
  clock.hear(new Date(100).toISOString());
  deviceMs = 2_000;
  clock.hear(new Date(1_980).toISOString());
  expect(clock.nowMs()).toBe(1_980);
});

test("what is not a time is passed over", () => {
  const clock = new HubClock(() => 7);
  clock.hear("soon");
  expect(clock.nowMs()).toBe(7);
});

test("after some tellings a device whose clock was put right is believed again", () => {
  let deviceMs = 0;
  const clock = new HubClock(() => deviceMs);
  clock.hear(new Date(10_000).toISOString());
  deviceMs = 20_000;
  for (let telling = 0; telling < 12; telling += 1) clock.hear(new Date(20_000).toISOString());
  expect(clock.nowMs()).toBe(20_000);
});
