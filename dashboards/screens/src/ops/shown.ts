/**
 * What the parts of the screen are given of one moment, and how they write figures.
 *
 * Not its business: where the moment comes from (`Operations.tsx`).
 */

import { locale } from "../house/language.ts";
import type { HubSeen, Watch } from "./watch.ts";

export interface Shown {
  readonly watch: Watch;
  /** All hubs but those that are gone. */
  readonly listed: readonly HubSeen[];
  /** Those of them that are heard. */
  readonly there: readonly HubSeen[];
  /** What each instance is called. */
  readonly names: ReadonlyMap<string, string>;
  readonly nowMs: number;
}

const formats = new Map<string, Intl.NumberFormat>();

/** A figure as this locale writes it, with so many digits after the point at most. */
export function figure(value: number, digitsMax = 0): string {
  const key = `${locale()} ${digitsMax}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale(), { maximumFractionDigits: digitsMax });
    formats.set(key, format);
  }
  return format.format(value);
}

/** A figure with as many digits as tell something: `0.42`, `4.2`, `42`. */
export function brief(value: number): string {
  return figure(value, value < 1 ? 2 : value < 10 ? 1 : 0);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** A time of day to the second, on this device's clock. */
export function timeToTheSecond(ms: number): string {
  let clock = clocks.get(locale());
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit", second: "2-digit" });
    clocks.set(locale(), clock);
  }
  return clock.format(ms);
}

/** Names of hubs in a sentence: `3f2a, 77bc and 901d`. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: "conjunction" }).format(names);
}

export function nameOf(names: ReadonlyMap<string, string>, instance: string): string {
  return names.get(instance) ?? instance;
}

export const MEBIBYTE = 1024 * 1024;
