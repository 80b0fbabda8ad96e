/**
 * Whether something has been where it is for long enough to be touched, or have its key pressed, on purpose.
 *
 * When a card leaves, another one takes its place and its number. Whoever presses twice, because gloves are thick or
 * nothing seemed to happen, means the first one both times. Not its business: where cards hang, and what keys do.
 */

/** Nobody sees that something moved, makes up their mind and presses within this time. */
export const SETTLED_MS_MIN = 400;

/** What stands at one place of the bump bar, and since when. `meaning` is null where nothing does. */
interface Standing {
  readonly meaning: string | null;
  readonly sinceMs: number;
}

const NEVER_STOOD: Standing = { meaning: null, sinceMs: -Infinity };

/** What each key of the bump bar means: a card, and what its key does about it. */
export class Meanings {
  #standing: readonly Standing[] = [];

  /** From now on the keys mean this, in their order. */
  are(meanings: readonly string[], nowMs: number): void {
    const before = this.#standing;
    this.#standing = Array.from({ length: Math.max(before.length, meanings.length) }, (_, at) =>
      stands(meanings[at] ?? null, before[at] ?? NEVER_STOOD, nowMs),
    );
  }

  /** Whether the key at this place means that, and whoever presses it now can have meant nothing else. */
  isMeant(at: number, meaning: string, nowMs: number): boolean {
    const standing = this.#standing[at];
    return standing?.meaning === meaning && isSettled(standing.sinceMs, nowMs);
  }
}

function stands(meaning: string | null, before: Standing, nowMs: number): Standing {
  if (meaning === before.meaning) return before;
  // Where nothing has stood for a while, nobody can have meant something else.
  const isFresh = before.meaning === null && isSettled(before.sinceMs, nowMs);
  return { meaning, sinceMs: isFresh ? -Infinity : nowMs };
}

export function isSettled(sinceMs: number, nowMs: number): boolean {
  return nowMs - sinceMs >= SETTLED_MS_MIN;
}
