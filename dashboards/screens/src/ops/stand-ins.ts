/** Pulses for tests: a hub with which all is well, and a house as it is heard second after second. */

import type { HubPulse, OpsBoard } from "../hub/index.ts";
import { NOTHING_SEEN, type Watch, watched } from "./watch.ts";

const BEGAN_MS = Date.parse("2026-07-01T19:00:00Z");

/** What a hub says when all is well, this many seconds into the test. */
export function pulse(instance: string, second: number, more: Partial<HubPulse> = {}): HubPulse {
  return {
    room: "ops",
    instance,
    host: "kitchen-1",
    pid: 100,
    version: "1.0.0",
    at: new Date(BEGAN_MS + second * 1_000).toISOString(),
    uptimeSeconds: 1_000 + second,
    isHealthy: true,
    isStopping: false,
    sockets: 7,
    rooms: 3,
    places: { pass: 1, table: 4 },
    busiestRooms: [],
    followers: 1,
    entriesBehind: 0,
    behindSeconds: 0.4,
    entriesRecorded: 10 * second,
    entriesDelivered: 40 * second,
    deeds: 5 * second,
    refusals: 0,
    lastRefusals: [],
    redis: { isUp: true, why: null },
    database: { isAnswering: true, secondsSinceAnswer: 0.2, poolSize: 2, poolSizeMax: 16, poolInUse: 1 },
    eventLoopLagSeconds: 0.002,
    memoryBytes: 100_000_000,
    cpuSeconds: 0.1 * second,
    ...more,
  };
}

/** The moment that many seconds into the test, on the screen's clock. */
export function at(second: number): number {
  return BEGAN_MS + second * 1_000;
}

/** What is remembered of these pulses: the first hub of the first second is the one that is asked. */
export function seen(...seconds: readonly (readonly HubPulse[])[]): Watch {
  return seenAfter(NOTHING_SEEN, 0, ...seconds);
}

/** What is remembered after these pulses, too, one list for each second from this one on. */
export function seenAfter(before: Watch, second: number, ...seconds: readonly (readonly HubPulse[])[]): Watch {
  return seconds.reduce(
    (watch, pulses, place) => pulses.reduce((one, each) => withPulse(one, each, second + place), watch),
    before,
  );
}

function withPulse(watch: Watch, each: HubPulse, second: number): Watch {
  const instance = watch.board?.instance ?? each.instance;
  const others = watch.board?.hubs.filter((one) => one.instance !== each.instance) ?? [];
  return watched(watch, { instance, hubs: [...others, each] }, at(second));
}

/** The board that a hub answers with. */
export function board(...hubs: readonly [HubPulse, ...HubPulse[]]): OpsBoard {
  return { instance: hubs[0].instance, hubs };
}

/** As many seconds, each with what this says of it. */
export function seconds<T>(count: number, each: (second: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, second) => each(second));
}
