/**
 * Which pages of this device are still there: each holds a lock for as long as it lives, and the browser gives it back.
 *
 * So what a page left unsent can be taken over by another one, and is not while somebody is about to send it. Where a
 * browser has no locks, which is wherever it does not trust the address, every other page counts as gone: then two may
 * send the same command, which its id makes harmless.
 */

import { newId } from "./ids.ts";

/** A page that lives answers for its lock at once; one that is just being left gives it back within this time. */
const GONE_MS_MAX = 500;

export class Tab {
  readonly id = newId();
  #leave: () => void = () => undefined;

  constructor(private readonly locks: LockManager | undefined = locksOfBrowser()) {
    const left = new Promise<void>((resolve) => (this.#leave = resolve));
    void this.locks?.request(lockOf(this.id), () => left).catch(() => undefined);
  }

  /** Do something in the name of another page, unless it is still there: then nothing is done. */
  async insteadOf(other: string, act: () => Promise<void>): Promise<void> {
    if (this.locks === undefined) return act();
    const signal = AbortSignal.timeout(GONE_MS_MAX);
    await this.locks.request(lockOf(other), { signal }, act).catch((why: unknown) => {
      if (!signal.aborted) throw why;
    });
  }

  /** Nothing will be sent from here any more. */
  leave(): void {
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
