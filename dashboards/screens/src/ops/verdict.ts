/**
 * Whether all is well, and if not, what is wrong: the worst first, each trouble once for all hubs that have it.
 *
 * A hub without its database is behind, and refuses, for that reason and no other: only the reason is told. Not its
 * business: the sentences, which are in the words.
 */

import { type Level, levelOf, median, worst } from "./norms.ts";
import { deafMs, type Figures, type HubSeen, latest, presence, type Watch } from "./watch.ts";

/** In the order in which they are told among those of the same level. */
export const TROUBLES = [
  "cut_off",
  "deaf",
  "no_database",
  "unhealthy",
  "silent",
  "behind",
  "lacking",
  "lagging",
  "no_redis",
  "unseen",
  "stopping",
  "busy",
  "crowded",
  "fat",
  "refusing",
  "mixed",
] as const;
export type TroubleKind = (typeof TROUBLES)[number];

export interface Trouble {
  readonly kind: TroubleKind;
  readonly level: Exclude<Level, "good">;
  /** The instances that have it; nobody's in particular if it is this screen's or the whole house's. */
  readonly hubs: readonly string[];
  /** The worst figure of it among them, in the unit that its sentence says. */
  readonly figure: number;
}

export interface Verdict {
  readonly level: Level;
  readonly troubles: readonly Trouble[];
  /** Hubs that are heard, and what they sum up to. */
  readonly hubs: number;
  readonly sockets: number;
}

/** What is to be said of the house now. */
export function verdict(watch: Watch, isConnected: boolean, nowMs: number): Verdict {
  const there = watch.hubs.filter((one) => presence(watch, one, nowMs) === "here");
  const troubles = unheard(watch, isConnected, nowMs) ?? heardTroubles(watch, there, nowMs);
  return {
    level: worst(troubles.map((one) => one.level)),
    troubles,
    hubs: there.length,
    sockets: there.reduce((sum, one) => sum + one.pulse.sockets, 0),
  };
}

/** Later than this the line to a silent hub is hung up: whoever is connected then has only just come back. */
const HUNG_UP_SECONDS = 13;

/** What keeps this screen from knowing anything; then nothing else is worth saying. */
function unheard(watch: Watch, isConnected: boolean, nowMs: number): readonly Trouble[] | null {
  const seconds = Math.round(deafMs(watch, nowMs) / 1_000);
  if (!isConnected || seconds > HUNG_UP_SECONDS) return [{ kind: "cut_off", level: "bad", hubs: [], figure: seconds }];
  return seconds > 0 ? [{ kind: "deaf", level: "bad", hubs: [], figure: seconds }] : null;
}

function heardTroubles(watch: Watch, there: readonly HubSeen[], nowMs: number): readonly Trouble[] {
  const single = [...there.flatMap(troublesOf), ...missing(watch, nowMs), ...mixed(there)];
  return merged(single).toSorted((one, other) => rank(one) - rank(other));
}

function rank({ level, kind }: Trouble): number {
  return (level === "bad" ? 0 : TROUBLES.length) + TROUBLES.indexOf(kind);
}

/** What a hub says is wrong with it. */
export function troublesOf(hub: HubSeen): readonly Trouble[] {
  const { instance, pulse } = hub;
  const figures = latest(hub);
  const found: Trouble[] = [];
  const tell = (kind: TroubleKind, level: Level, figure = 0): void => {
    if (level !== "good") found.push({ kind, level, hubs: [instance], figure });
  };
  if (!pulse.database.isAnswering) tell("no_database", "bad", Math.round(pulse.database.secondsSinceAnswer ?? 0));
  else {
    if (!pulse.isHealthy && !pulse.isStopping) tell("unhealthy", "bad");
    tell("behind", levelOf("behindSeconds", pulse.behindSeconds), Math.round(pulse.behindSeconds));
    tell("lacking", levelOf("entriesBehind", pulse.entriesBehind), pulse.entriesBehind);
    tell("crowded", poolLevel(hub), pulse.database.poolSizeMax);
    const perSecond = figures?.refusedPerSecond ?? 0;
    tell("refusing", levelOf("refusedPerSecond", perSecond), Math.round(perSecond));
  }
  if (!pulse.redis.isUp) tell("no_redis", "warn");
  if (pulse.isStopping) tell("stopping", "warn");
  const lagMs = steadyLagMs(hub);
  tell("lagging", levelOf("loopLagMs", lagMs), Math.round(lagMs ?? 0));
  tell("busy", levelOf("coreShare", figures?.coreShare), Math.round((figures?.coreShare ?? 0) * 100));
  tell("fat", levelOf("memoryBytes", pulse.memoryBytes), Math.round((pulse.memoryBytes ?? 0) / 1024 / 1024));
  return found;
}

export function poolLevel({ pulse: { database } }: HubSeen): Level {
  return levelOf("poolShare", database.poolInUse / Math.max(1, database.poolSizeMax));
}

const STEADY_SAMPLES_MIN = 3;
const STEADY_SAMPLES_MAX = 5;

/** The event loop's lag without the hiccups that every loop has now and then; null while there is too little of it. */
export function steadyLagMs({ samples }: HubSeen): number | null {
  if (samples.length < STEADY_SAMPLES_MIN) return null;
  return median(samples.slice(-STEADY_SAMPLES_MAX).map((one) => one.figures.loopLagMs));
}

function missing(watch: Watch, nowMs: number): readonly Trouble[] {
  return watch.hubs.flatMap((hub): Trouble[] => {
    const how = presence(watch, hub, nowMs);
    const figure = Math.round((nowMs - hub.heardAtMs) / 1_000);
    if (how === "silent") return [{ kind: "silent", level: "bad", hubs: [hub.instance], figure }];
    return how === "unseen" ? [{ kind: "unseen", level: "warn", hubs: [hub.instance], figure }] : [];
  });
}

function mixed(there: readonly HubSeen[]): readonly Trouble[] {
  const versions = new Set(there.map((one) => one.pulse.version));
  return versions.size > 1 ? [{ kind: "mixed", level: "warn", hubs: [], figure: versions.size }] : [];
}

function merged(troubles: readonly Trouble[]): readonly Trouble[] {
  const byKind = new Map<string, Trouble>();
  for (const one of troubles) {
    const key = `${one.level} ${one.kind}`;
    const other = byKind.get(key);
    const both = other && { ...one, hubs: [...other.hubs, ...one.hubs], figure: Math.max(other.figure, one.figure) };
    byKind.set(key, both ?? one);
  }
  return [...byKind.values()];
}

// ------------------------------------------------------------------ what all hubs stand on

/** How Redis is for all hubs that are heard. They can do without it for a while. */
export function redisOf(there: readonly HubSeen[]): { readonly level: "good" | "warn"; readonly why: string | null } {
  const without = there.filter((one) => !one.pulse.redis.isUp);
  const why = without.map((one) => one.pulse.redis.why).find((one) => one !== null) ?? null;
  return { level: without.length > 0 ? "warn" : "good", why };
}

/** How the database is for all hubs that are heard. */
export function databaseOf(there: readonly HubSeen[]): { readonly level: "good" | "bad" } {
  return { level: there.every((one) => one.pulse.database.isAnswering) ? "good" : "bad" };
}

/** One figure over these hubs: their sum, of those that are known. Null where none is. */
export function summed(there: readonly HubSeen[], of: keyof Figures): number | null {
  return over(there, of, (figures) => figures.reduce((sum, one) => sum + one, 0));
}

export function highest(there: readonly HubSeen[], of: keyof Figures): number | null {
  return over(there, of, (figures) => Math.max(...figures));
}

function over(there: readonly HubSeen[], of: keyof Figures, how: (figures: number[]) => number): number | null {
  const known = there.map((one) => latest(one)?.[of]).filter((one) => one !== null && one !== undefined);
  return known.length > 0 ? how(known) : null;
}
