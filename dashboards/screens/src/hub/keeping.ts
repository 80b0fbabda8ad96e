/**
 * Keeping an outbox: the device's copy of it, brought up to date after every change, in the order of the changes.
 *
 * What does not work out is told at once and tried again with the next change: a full, forbidden or sleeping drawer costs
 * the reload, not the tap. Not its business: where the copy lies (`kept.ts`), and sending (`outbox.ts`).
 */

import type { Kept, Keeper } from "./kept.ts";

/** What the device has not kept in this time it may never keep. */
export const KEEP_MS_MAX = 1_000;

/** Told how the copy gets on. */
export interface KeepingEar {
  /** The device has more, or less, than it had. */
  kept(): void;
  /** What it does not have by now it may never have. */
  notKept(): void;
}

export class Keeping {
  readonly #copy = new Map<string, Kept>();
  #writing: Promise<void> | null = null;

  constructor(
    private readonly keeper: Keeper,
    private readonly unanswered: () => readonly Kept[],
    private readonly ear: KeepingEar,
  ) {}

  /** Whether the device has this command. */
  has(commandId: string): boolean {
    return this.#copy.has(commandId);
  }

  /** What lies in the drawer and was not known here, in the order in which it was asked. */
  async read(): Promise<readonly Kept[]> {
    const kept = await this.keeper.read().catch((): readonly Kept[] => []);
    const known = new Set(this.unanswered().map((one) => one.commandId));
    const found = kept.filter((one) => !known.has(one.commandId) && !this.#copy.has(one.commandId));
    for (const one of found) this.#copy.set(one.commandId, one);
    return found;
  }

  /** Let the device have what changed; resolves when it has, or when that cannot be waited for. */
  write(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = null));
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    // Whatever else this turn changes is written with it.
    await Promise.resolve();
    for (;;) {
      const unanswered = this.unanswered();
      const changed = unanswered.filter((one) => this.#copy.get(one.commandId)?.wasSaid !== one.wasSaid);
      const wanted = new Set(unanswered.map((one) => one.commandId));
      const gone = [...this.#copy.keys()].filter((commandId) => !wanted.has(commandId));
      if (changed.length === 0 && gone.length === 0) return;
      if (!(await this.#isWritten(changed, gone))) return this.ear.notKept();
      for (const one of changed) this.#copy.set(one.commandId, one);
      for (const commandId of gone) this.#copy.delete(commandId);
      this.ear.kept();
    }
  }

  #isWritten(changed: readonly Kept[], gone: readonly string[]): Promise<boolean> {
    const tooSlow = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), KEEP_MS_MAX));
    const written = this.keeper.write(changed, gone).then(
      () => true,
      () => false,
    );
    return Promise.race([written, tooSlow]);
  }
}
