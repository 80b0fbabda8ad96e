/**
 * What was asked and not yet answered. Nothing that a cook tapped is lost because the network was away.
 *
 * Every command has an id, and asked again it has the same effect once; so whatever is unanswered when the line comes
 * back is simply said again. Commands about one thing go one after the other, in the order in which they were asked.
 * What waits survives a reload. Not its business: what a command means, and what to show of it meanwhile.
 */

import type { Acknowledged, Line } from "./line.ts";
import { newId } from "./ids.ts";
import { isRefusalFacts, Refusal } from "./refusal.ts";
import type { Answers, Commands } from "./wire.ts";

export type Verb = keyof Commands & keyof Answers;

/** A command on its way. */
export interface Asked {
  readonly commandId: string;
  readonly verb: Verb;
  readonly fields: object;
  readonly askedAtMs: number;
  /** Whether it waits for the line, or to be tried again, rather than for an answer that is due any moment. */
  readonly isHeldUp: boolean;
  /** Whether the hub may have heard it already. */
  readonly wasSaid: boolean;
}

/** What nobody could send for so long is not done behind anybody's back any more. */
export const KEPT_MS_MAX = 30 * 60_000;
/** An answer that does not come in this time will not come: say it again. */
const ANSWER_MS_MAX = 5_000;
const TRY_AGAIN_MS = 1_000;

/** Where unanswered commands outlive a reload: a browser's storage, or anything like it. */
export type Keeper = Pick<Storage, "getItem" | "setItem" | "removeItem">;
type Settle = (answer: Acknowledged | Refusal) => void;

export class Outbox {
  #asked: readonly Asked[] = [];
  readonly #settles = new Map<string, Settle>();
  readonly #underWay = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #listeners = new Set<() => void>();

  /** `keepAs` names where unanswered commands are kept; whoever else signs in here must have another. */
  constructor(
    private readonly line: () => Line,
    private readonly keeper: Keeper,
    private readonly keepAs: string,
    private readonly onLateRefusal: (refusal: Refusal, asked: Asked) => void = () => undefined,
  ) {
    this.#asked = kept(keeper, keepAs);
  }

  /** What is unanswered, oldest first. A new list whenever it changed. */
  readonly now = (): readonly Asked[] => this.#asked;

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Ask for something to be done. Resolves with the hub's answer, however long the line is away; rejects with a Refusal. */
  ask<V extends Verb>(verb: V, fields: Commands[V]): Promise<Answers[V]> {
    const isHeldUp = !this.line().isConnected;
    const one: Asked = { commandId: newId(), verb, fields, askedAtMs: Date.now(), isHeldUp, wasSaid: false };
    return new Promise((resolve, reject) => {
      this.#settles.set(one.commandId, (answer) => {
        if (answer instanceof Refusal) reject(answer);
        // The shape is the hub's promise, read from its documents.
        else resolve(answer as unknown as Answers[V]);
      });
      this.#keep([...this.#asked, one]);
      this.#sendDue();
    });
  }

  /** Take back what has not been sent yet. Returns false where it may have been done already. */
  takeBack(commandId: string): boolean {
    const one = this.#asked.find((other) => other.commandId === commandId);
    if (one === undefined || one.wasSaid) return false;
    this.#settle(commandId, new Refusal({ code: "taken_back", message: "It was taken back.", retry: false }));
    return true;
  }

  connected(): void {
    this.#sendDue();
  }

  disconnected(): void {
    for (const timer of this.#underWay.values()) clearTimeout(timer);
    this.#underWay.clear();
    this.#keep(this.#asked.map((one) => ({ ...one, isHeldUp: true })));
  }

  /** The first command about each thing, unless it is under way. */
  #sendDue(): void {
    this.#dropTooOld();
    if (!this.line().isConnected) return;
    const busy = new Set<string>();
    for (const one of this.#asked) {
      const thing = thingOf(one);
      if (busy.has(thing)) continue;
      busy.add(thing);
      if (!this.#underWay.has(one.commandId)) this.#send(one);
    }
  }

  #send({ commandId, verb, fields }: Asked): void {
    const again = (): void => this.#againIn(commandId, TRY_AGAIN_MS * (0.5 + Math.random()));
    this.#underWay.set(commandId, setTimeout(again, ANSWER_MS_MAX));
    this.#mark(commandId, { wasSaid: true, isHeldUp: false });
    this.line().say(verb, { ...fields, commandId }, (answer) => {
      if (!this.#asked.some((one) => one.commandId === commandId)) return;
      if (answer.ok) return this.#settle(commandId, answer);
      const refusal = new Refusal(isRefusalFacts(answer.error) ? answer.error : UNREADABLE);
      if (refusal.retry || refusal.code === "in_progress") again();
      else this.#settle(commandId, refusal);
    });
  }

  #againIn(commandId: string, delayMs: number): void {
    clearTimeout(this.#underWay.get(commandId));
    this.#mark(commandId, { isHeldUp: true });
    const send = (): void => {
      this.#underWay.delete(commandId);
      this.#sendDue();
    };
    this.#underWay.set(commandId, setTimeout(send, delayMs));
  }

  #settle(commandId: string, answer: Acknowledged | Refusal): void {
    clearTimeout(this.#underWay.get(commandId));
    this.#underWay.delete(commandId);
    const one = this.#asked.find((other) => other.commandId === commandId);
    const settle = this.#settles.get(commandId);
    this.#settles.delete(commandId);
    this.#keep(this.#asked.filter((other) => other.commandId !== commandId));
    if (settle !== undefined) settle(answer);
    else if (answer instanceof Refusal && one !== undefined) this.onLateRefusal(answer, one);
    this.#sendDue();
  }

  #dropTooOld(): void {
    const since = Date.now() - KEPT_MS_MAX;
    for (const one of this.#asked.filter((other) => other.askedAtMs < since))
      this.#settle(one.commandId, one.wasSaid ? NOT_ANSWERED : NOT_SENT);
  }

  #mark(commandId: string, what: Partial<Asked>): void {
    this.#keep(this.#asked.map((one) => (one.commandId === commandId ? { ...one, ...what } : one)));
  }

  #keep(asked: readonly Asked[]): void {
    this.#asked = asked;
    try {
      if (asked.length) this.keeper.setItem(this.keepAs, JSON.stringify(asked));
      else this.keeper.removeItem(this.keepAs);
    } catch {
      // A full or forbidden storage costs the reload, not the tap.
    }
    for (const listener of this.#listeners) listener();
  }
}

const UNREADABLE = { code: "unreadable", message: "The hub's answer could not be read.", retry: false };
const NOT_SENT = new Refusal({
  code: "not_sent",
  message: "This was never sent. Look, and do it again.",
  retry: false,
});
const NOT_ANSWERED = new Refusal({
  code: "not_answered",
  message: "Nobody knows whether this was done. Look before you do it again.",
  retry: false,
});

/** For where there is no storage: what waits lives as long as the program does. */
export function memory(): Keeper {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => void kept.set(name, text),
    removeItem: (name) => void kept.delete(name),
  };
}

/** The first thing that a command names: as the hub does, so that order is kept where the hub keeps it. */
function thingOf({ commandId, verb, fields }: Asked): string {
  if (verb === "place_order") return commandId; // An order is a thing of its own, and not yet there.
  const named = Object.entries(fields).find(([name]) => name.endsWith("Id"));
  return named === undefined ? verb : String(named[1]);
}

/** Under which name a hub's client keeps what this person asked. */
export function outboxOf(owner: string): string {
  return `brigade.outbox.${owner}`;
}

/** How much is kept under a name, while nobody's client is open. */
export function keptCount(keeper: Keeper, keepAs: string): number {
  return kept(keeper, keepAs).length;
}

function kept(keeper: Keeper, keepAs: string): readonly Asked[] {
  try {
    const asked: readonly Asked[] = JSON.parse(keeper.getItem(keepAs) ?? "[]");
    return asked.map((one) => ({ ...one, isHeldUp: true }));
  } catch {
    return [];
  }
}
