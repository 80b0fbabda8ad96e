/**
 * What an operator's screen remembers: every hub it heard, when it heard it, and the last two minutes of its figures.
 *
 * It outlives the line: coming back to another hub, the screen goes on with what it knew. Moments are on this device's
 * clock unless they are a pulse's own. Not its business: what is normal (`norms.ts`), and saying it (`verdict.ts`).
 */

import type { HubPulse, OpsBoard } from "../hub/index.ts";

/** How far back plots reach. */
export const WINDOW_SECONDS = 120;
/** A hub pulses once a second; after so long without one it is silent. */
export const SILENT_MS_MIN = 3_000;
/** After so long it is none of the house's hubs any more. */
export const GONE_MS_MIN = 30_000;
/** For so long the screen still says when it was last heard. */
export const FORGOTTEN_MS_MIN = 600_000;
/** Rates are means over so long: a single second says more about chance than about the hub. */
const RATE_MS = 5_000;
/** A little more than is shown, so that a plot is whole while it slides. */
const KEPT_MS = (WINDOW_SECONDS + 5) * 1_000;
/** Pulses do not come to the millisecond. */
const JITTER_MS = 500;

/** What of a hub can be drawn. Null: not known, or not yet. */
export interface Figures {
  readonly sockets: number;
  readonly behindSeconds: number;
  readonly entriesBehind: number;
  readonly loopLagMs: number;
  readonly memoryBytes: number | null;
  readonly recordedPerSecond: number | null;
  readonly deliveredPerSecond: number | null;
  readonly deedsPerSecond: number | null;
  readonly refusedPerSecond: number | null;
  /** Of one core; 1 is all of it. */
  readonly coreShare: number | null;
}

export interface Sample {
  readonly heardAtMs: number;
  readonly figures: Figures;
  readonly counts: Counts;
}

/** What a hub counts since its start, and when it said so, on its own clock. */
interface Counts {
  readonly saidAtMs: number;
  readonly recorded: number;
  readonly delivered: number;
  readonly deeds: number;
  readonly refused: number;
  readonly cpuSeconds: number;
}

export interface HubSeen {
  readonly instance: string;
  /** Which colour and dashes its lines have: the same for as long as it is there. */
  readonly slot: number;
  readonly heardAtMs: number;
  readonly pulse: HubPulse;
  /** The oldest first, and always one. */
  readonly samples: readonly Sample[];
}

export interface Watch {
  /** The board that was taken in last. */
  readonly board: OpsBoard | null;
  /** When the hub that is asked was heard last, through which all others are; null before the first board. */
  readonly heardAtMs: number | null;
  /** When the last time began that the other hubs could not be heard here, whatever they said; and when it ended. */
  readonly deafFromMs: number;
  readonly deafUntilMs: number;
  /** When the board was taken in. */
  readonly tookAtMs: number;
  /** In the order in which they were first heard. */
  readonly hubs: readonly HubSeen[];
}

export const NOTHING_SEEN: Watch = {
  board: null,
  heardAtMs: null,
  deafFromMs: 0,
  deafUntilMs: 0,
  tookAtMs: 0,
  hubs: [],
};

/** What is remembered once this board was seen. The same object if it was seen already. */
export function watched(before: Watch, board: OpsBoard | null, nowMs: number): Watch {
  if (board === null || board === before.board) return before;
  let hubs = before.hubs.filter((one) => nowMs - one.heardAtMs < FORGOTTEN_MS_MIN);
  // What the board goes on showing of a hub was heard when it was put there.
  const fresh = board.hubs.filter((one) => before.board?.hubs.includes(one) !== true);
  for (const pulse of fresh) hubs = heard(hubs, pulse, nowMs);
  const heardAtMs = hubs.find((one) => one.instance === board.instance)?.heardAtMs ?? before.heardAtMs;
  return { board, heardAtMs, ...deafness(before, board, nowMs), tookAtMs: nowMs, hubs };
}

function deafness(before: Watch, board: OpsBoard, nowMs: number): Pick<Watch, "deafFromMs" | "deafUntilMs"> {
  const { deafFromMs, deafUntilMs, heardAtMs, tookAtMs } = before;
  const isElsewhere = before.board?.instance !== board.instance;
  if (!isElsewhere && deafMs(before, nowMs) === 0 && !isAlone(before)) return { deafFromMs, deafUntilMs };
  // It goes on if it had not ended before.
  return { deafFromMs: deafUntilMs === tookAtMs ? deafFromMs : (heardAtMs ?? nowMs), deafUntilMs: nowMs };
}

/** What the hub that this screen is connected to last said of itself. */
export function asked(board: OpsBoard): HubPulse | undefined {
  return board.hubs.find((one) => one.instance === board.instance);
}

function heard(hubs: readonly HubSeen[], pulse: HubPulse, nowMs: number): HubSeen[] {
  const held = hubs.find((one) => one.instance === pulse.instance);
  const laterMs = held === undefined ? 0 : Date.parse(pulse.at) - Date.parse(held.pulse.at);
  // A fresh board may repeat what its hub heard a while ago; what is much older is new, and its clock was set back.
  if (held !== undefined && laterMs <= 0 && laterMs > -GONE_MS_MIN) return [...hubs];
  const earlier = (laterMs < 0 ? undefined : held)?.samples.filter((one) => nowMs - one.heardAtMs <= KEPT_MS) ?? [];
  const seen: HubSeen = {
    instance: pulse.instance,
    slot: held?.slot ?? freeSlot(hubs, nowMs),
    heardAtMs: nowMs,
    pulse,
    samples: [...earlier, sample(earlier, pulse, nowMs)],
  };
  return held === undefined ? [...hubs, seen] : hubs.map((one) => (one === held ? seen : one));
}

function freeSlot(hubs: readonly HubSeen[], nowMs: number): number {
  const taken = new Set(hubs.filter((one) => nowMs - one.heardAtMs < GONE_MS_MIN).map((one) => one.slot));
  let slot = 0;
  while (taken.has(slot)) slot += 1;
  return slot;
}

function sample(earlier: readonly Sample[], pulse: HubPulse, heardAtMs: number): Sample {
  const counts: Counts = {
    saidAtMs: Date.parse(pulse.at),
    recorded: pulse.entriesRecorded,
    delivered: pulse.entriesDelivered,
    deeds: pulse.deeds,
    refused: pulse.refusals,
    cpuSeconds: pulse.cpuSeconds,
  };
  const since = earlier.find((one) => counts.saidAtMs - one.counts.saidAtMs <= RATE_MS + JITTER_MS)?.counts;
  const rate = (of: Exclude<keyof Counts, "saidAtMs">): number | null => perSecond(since, counts, of);
  return {
    heardAtMs,
    counts,
    figures: {
      sockets: pulse.sockets,
      behindSeconds: pulse.behindSeconds,
      entriesBehind: pulse.entriesBehind,
      loopLagMs: pulse.eventLoopLagSeconds * 1_000,
      memoryBytes: pulse.memoryBytes,
      recordedPerSecond: rate("recorded"),
      deliveredPerSecond: rate("delivered"),
      deedsPerSecond: rate("deeds"),
      refusedPerSecond: rate("refused"),
      coreShare: rate("cpuSeconds"),
    },
  };
}

function perSecond(since: Counts | undefined, now: Counts, of: Exclude<keyof Counts, "saidAtMs">): number | null {
  if (since === undefined || now.saidAtMs - since.saidAtMs < JITTER_MS) return null;
  return Math.max(0, now[of] - since[of]) / ((now.saidAtMs - since.saidAtMs) / 1_000);
}

// ------------------------------------------------------------------ who is there

/**
 * What is known of whether a hub is there. `unseen`: it says nothing here, but the hub that is asked could not hear it
 * either. `stopped`: it said that it stops, and then nothing more.
 */
export type Presence = "here" | "silent" | "stopped" | "unseen" | "gone";

/** For how long the hub that is asked has said nothing, if that is longer than it should be; otherwise 0. */
export function deafMs(watch: Watch, nowMs: number): number {
  const quietMs = watch.heardAtMs === null ? 0 : nowMs - watch.heardAtMs;
  return quietMs >= SILENT_MS_MIN ? quietMs : 0;
}

/** Whether a hub is there, as far as this screen can tell. While it hears nothing at all, nobody's state changes. */
export function presence(watch: Watch, hub: HubSeen, nowMs: number): Presence {
  const asOfMs = deafMs(watch, nowMs) > 0 ? (watch.heardAtMs ?? nowMs) : nowMs;
  const unheardMs = asOfMs - hub.heardAtMs;
  if (unheardMs >= GONE_MS_MIN) return "gone";
  if (unheardMs < SILENT_MS_MIN) return "here";
  if (isAlone(watch)) return "unseen";
  // Whoever spoke until nothing could be heard is given time to speak again.
  const hasSpoken = hub.heardAtMs > watch.deafFromMs - SILENT_MS_MIN;
  if (hasSpoken && asOfMs - watch.deafUntilMs < SILENT_MS_MIN) return "here";
  return hub.pulse.isStopping ? "stopped" : "silent";
}

/** Whether the hub that is asked hears no other, because the doorbell is down. */
function isAlone(watch: Watch): boolean {
  return watch.board !== null && asked(watch.board)?.redis.isUp === false;
}

/** The hub's figures as they were last heard. */
export function latest(hub: HubSeen): Figures | undefined {
  return hub.samples.at(-1)?.figures;
}

/** A name for each of these hubs that people can say: the end of its id, as long as needed to tell them apart. */
export function namesOf(instances: readonly string[]): ReadonlyMap<string, string> {
  const all = [...new Set(instances)];
  let length = 4;
  const isTold = (): boolean => new Set(all.map((one) => one.slice(-length))).size === all.length;
  while (!isTold() && length < 36) length += 1;
  return new Map(all.map((one) => [one, one.slice(-length)]));
}
