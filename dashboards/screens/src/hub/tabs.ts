/**
 * Which pages of this device are still there: each holds a lock for as long as it lives, and the browser gives it back.
 *
 * So what a page left unsent can be taken over by another one, and is not while somebody is about to send it. Where a
 * browser has no locks, which is wherever it does not trust the address, every other page counts as gone: then two may
 * send the same command, which its id makes harmless.
 */

import { newId } from "./ids.ts";

/** A page that is just being left gives its lock back within this time, mostly. */
const GONE_MS_MAX = 500;

export class Tab {
  readonly id = newId();
  #leave: () => void = () => undefined;
  readonly #left = new AbortController();
  readonly #awaited = new Set<string>();

  constructor(private readonly locks: LockManager | undefined = locksOfBrowser()) {
    const left = new Promise<void>((resolve) => (this.#leave = resolve));
    void this.locks?.request(lockOf(this.id), () => left).catch(() => undefined);
  }

  /**
   * Do something in the name of another page once it is gone. Resolves when it is done; or after a moment, where the
   * page is still there: then it is done whenever that goes, and `late` is told.
   */
  async insteadOf(other: string, act: () => Promise<void>, late: () => void): Promise<void> {
    if (this.locks === undefined) return act();
    if (this.#awaited.has(other)) return;
    this.#awaited.add(other);
    let isLate = false;
    const done = this.locks
      .request(lockOf(other), { signal: this.#left.signal }, act)
      .finally(() => this.#awaited.delete(other))
      .then(() => {
        if (isLate) late();
      });
    const moment = new Promise<void>((resolve) => setTimeout(resolve, GONE_MS_MAX));
    await Promise.race([done, moment.then(() => void (isLate = true))]);
  }

  /** Nothing will be sent from here any more. */
  leave(): void {
    this.#left.abort();
    this.#leave();
  }
}

/** How long somebody waits for a page that may be asleep. */
const WAIT_MS_MAX = 15_000;

/**
 * Do something while no other page of this device does the same. Where there are no locks, or a page holds this one in
 * its sleep, two may: it must do no harm.
 */
export async function alone<T>(what: string, act: () => Promise<T>): Promise<T> {
  const locks = locksOfBrowser();
  if (locks === undefined) return act();
  const signal = AbortSignal.timeout(WAIT_MS_MAX);
  let hasBegun = false;
  const begin = (): Promise<T> => {
    hasBegun = true;
    return act();
  };
  try {
    return await locks.request(`brigade.${what}`, { signal }, begin);
  } catch (why) {
    if (hasBegun || !signal.aborted) throw why;
    return act();
  }
}

function lockOf(tab: string): string {
  return `brigade.tab.${tab}`;
}

function locksOfBrowser(): LockManager | undefined {
  return typeof navigator !== "undefined" && "locks" in navigator ? navigator.locks : undefined;
}
