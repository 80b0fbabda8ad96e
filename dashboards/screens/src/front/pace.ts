/**
 * How busy the ledger is: entries per minute now, and as bars over the last while.
 *
 * Bars stand at fixed times, so that a plot of them slides rather than flickers. Not its business: drawing.
 */

const MINUTE_MS = 60_000;

/** How far back a plot shows, and how much time one bar stands for. */
export interface Span {
  readonly barMs: number;
  readonly bars: number;
}

/** A dinner that is played fast is shown by seconds, one in a restaurant by minutes. */
export function spanAt(speed: number): Span {
  return speed > 1 ? { barMs: 3_000, bars: 40 } : { barMs: 30_000, bars: 40 };
}

export interface Bar {
  /** When it begins; the same for every drawing of it. */
  readonly fromMs: number;
  /** At what pace it was, as entries per minute. */
  readonly perMinute: number;
}

/** The bars up to now, the oldest first. The last one is still growing, and one more than fits slides out. */
export function barsOf(timesMs: readonly number[], nowMs: number, { barMs, bars }: Span): readonly Bar[] {
  const last = Math.floor(nowMs / barMs);
  const counts = new Map<number, number>();
  for (const time of timesMs) {
    const bar = Math.floor(time / barMs);
    counts.set(bar, (counts.get(bar) ?? 0) + 1);
  }
  return Array.from({ length: bars + 1 }, (_, at) => {
    const bar = last - bars + at;
    return { fromMs: bar * barMs, perMinute: ((counts.get(bar) ?? 0) * MINUTE_MS) / barMs };
  });
}

/** How many entries the last minute had. */
export function perMinute(timesMs: readonly number[], nowMs: number): number {
  return timesMs.filter((time) => time > nowMs - MINUTE_MS && time <= nowMs).length;
}

/** The first round number that everything fits under: 10, 20, 50, 100, 200, 500 and so on. */
export function ceilingOf(bars: readonly Bar[]): number {
  const most = Math.max(10, ...bars.map((one) => one.perMinute));
  const power = 10 ** Math.floor(Math.log10(most));
  return ([1, 2, 5, 10].find((step) => step * power >= most) ?? 10) * power;
}
