/**
 * What has reached this device's glass, told to the hub: a station's cook can only cook what can be seen.
 *
 * A screen says what it has painted; the hub hears the last number of it, a few times a second at most, and again after
 * every new subscription. A ticket that no device of its station has shown in a few seconds raises an alert. Not its
 * business: what painting is (`../house/Connected.tsx`), and the chain (`room.ts`).
 */

import type { Acknowledged } from "./line.ts";

export const TELL_MS_MIN = 250;
const TRY_AGAIN_MS = 1_000;

/** Says a number, if there is a line to say it on; `then` is called with what is answered. */
type Say = (seq: number, then: (answer: Acknowledged) => void) => boolean;

export class Glass {
  #painted: number | null = null;
  #told: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly say: Say) {}

  /** Everything up to this number is on the glass. */
  paints(seq: number): void {
    if (this.#painted !== null && seq <= this.#painted) return;
    this.#painted = seq;
    this.#tellSoon();
  }

  /** The hub has let us in anew, and knows nothing of before. */
  entered(): void {
    this.#told = null;
    this.#tellSoon();
  }

  /** What was painted was of another ledger, or is not listened to any more. */
  forgets(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#painted = this.#told = null;
  }

  #tellSoon(): void {
    if (this.#timer === undefined) this.#tell();
  }

  #tell(): void {
    const seq = this.#painted;
    this.#timer = undefined;
    if (seq === null || seq === this.#told) return;
    if (!this.say(seq, (answer) => this.#answered(seq, answer))) return;
    this.#told = seq;
    this.#again(TELL_MS_MIN);
  }

  #answered(seq: number, { ok, error }: Acknowledged): void {
    if (ok || this.#told !== seq || !mayPass(error)) return;
    this.#told = null;
    clearTimeout(this.#timer);
    this.#again(TRY_AGAIN_MS);
  }

  #again(waitMs: number): void {
    this.#timer = setTimeout(() => this.#tell(), waitMs);
  }
}

function mayPass(error: unknown): boolean {
  return typeof error === "object" && error !== null && "retry" in error && error.retry === true;
}
