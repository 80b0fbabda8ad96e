/**
 * What is normal: from which figure on an operator should look, and from which on something is wrong.
 *
 * Not its business: the words for it, and how a whole hub is judged (`verdict.ts`).
 */

export type Level = "good" | "warn" | "bad";

interface Norm {
  readonly warnFrom: number;
  readonly badFrom: number;
}

const NEVER = Number.POSITIVE_INFINITY;
const MEBIBYTE = 1024 * 1024;

export const NORMS = {
  /** The sweep compares heads every second, or every two while the database is away. */
  behindSeconds: { warnFrom: 3, badFrom: 10 },
  entriesBehind: { warnFrom: 100, badFrom: 1_000 },
  /** A tenth of a second is what a cook begins to feel. */
  loopLagMs: { warnFrom: 100, badFrom: 1_000 },
  coreShare: { warnFrom: 0.8, badFrom: NEVER },
  memoryBytes: { warnFrom: 512 * MEBIBYTE, badFrom: 1_024 * MEBIBYTE },
  refusedPerSecond: { warnFrom: 5, badFrom: NEVER },
  /** Of all connections that the hub may have. */
  poolShare: { warnFrom: 1, badFrom: NEVER },
} as const satisfies Readonly<Record<string, Norm>>;

export type Normed = keyof typeof NORMS;

/** How a figure is; what is not known is not held against anybody. */
export function levelOf(what: Normed, figure: number | null | undefined): Level {
  if (figure === null || figure === undefined) return "good";
  if (figure >= NORMS[what].badFrom) return "bad";
  return figure >= NORMS[what].warnFrom ? "warn" : "good";
}

const LEVELS: readonly Level[] = ["good", "warn", "bad"];

export function worst(levels: Iterable<Level>): Level {
  return LEVELS[Math.max(0, ...[...levels].map((one) => LEVELS.indexOf(one)))] ?? "good";
}

/** The one in the middle: what jumps for a moment does not move it. */
export function median(figures: readonly number[]): number | null {
  const inOrder = figures.toSorted((one, other) => one - other);
  return inOrder[Math.floor((inOrder.length - 1) / 2)] ?? null;
}
