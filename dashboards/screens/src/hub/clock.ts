/**
 * The hub's clock as this device can know it. A tablet's own clock may be wrong by hours; ticket times must not be.
 *
 * What the hub says about its time is late by the way it took, so of the last tellings the latest one is believed.
 */

const TELLINGS_KEPT_MAX = 12;

export class HubClock {
  #offsetsMs: number[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  /** Take what the hub says its time is, as an ISO moment. Anything else is passed over. */
  hear(at: string): void {
    const atMs = Date.parse(at);
    if (Number.isNaN(atMs)) return;
    this.#offsetsMs = [...this.#offsetsMs, atMs - this.now()].slice(-TELLINGS_KEPT_MAX);
  }

  /** Believe nothing of before: this device's clock may have been set meanwhile. */
  forget(): void {
    this.#offsetsMs = [];
  }

  /** Milliseconds since 1970 on the hub's clock; on this device's before the hub was ever heard. */
  nowMs(): number {
    return this.now() + (this.#offsetsMs.length ? Math.max(...this.#offsetsMs) : 0);
  }
}
