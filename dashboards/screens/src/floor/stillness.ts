/**
 * Whether a list stands still: whatever slid under a finger in the last moment is not what it meant.
 *
 * Counted on a clock that nobody sets, for the time of day may be put back under a waiter's hands.
 */

const SETTLED_MS_MIN = 400;

export class Stillness {
  #keys = "";
  #shiftedAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** The list is this now, by its keys. What only came behind the others moved none of them. */
  show(keys: readonly string[]): void {
    const shown = keys.join(" ");
    if (!`${shown} `.startsWith(`${this.#keys} `)) this.#shiftedAtMs = this.now();
    this.#keys = shown;
  }

  /** Whether it has stood still for long enough to be tapped on purpose. */
  readonly isSettled = (): boolean => this.now() - this.#shiftedAtMs >= SETTLED_MS_MIN;
}
