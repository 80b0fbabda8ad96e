/**
 * What was asked and not yet answered. Nothing that a cook tapped is lost because the network was away.
 *
 * Every command has an id, and asked again it has the same effect once; so whatever is unanswered when the line comes
 * back is simply said again. Commands about one thing go one after the other, in the order in which they were asked; so
 * does everything that waited for the line, whatever it is about: who asked later knew of it. What waits is kept on the
 * device. Not its business: what a command means, what to show of it meanwhile, and how it is kept (`keeping.ts`).
 */

import type { Held } from "./chain.ts";
import type { Kept, Keeper } from "./kept.ts";
import { Keeping } from "./keeping.ts";
import type { Acknowledged, Line } from "./line.ts";
import { newId } from "./ids.ts";
import { isRefusalFacts, Refusal } from "./refusal.ts";
import { keptMsMax } from "./term.ts";
import type { Answers, Commands } from "./wire.ts";

export type Verb = keyof Commands & keyof Answers;

/** A command on its way. */
export interface Asked extends Kept {
  readonly verb: Verb;
  /** Whether it waits for the line, or to be tried again, rather than for an answer that is due any moment. */
  readonly isHeldUp: boolean;
  /** Whether it was ever held up: then whoever asked goes on as if it were done, and has turned to something else. */
  readonly hasWaited: boolean;
  /** Whether the device has it: any moment, for good, or not, so that a reload of the page would lose it. */
  readonly keeping: "soon" | "kept" | "page_only";
}

/** An answer that does not come in this time will not come: say it again. */
const ANSWER_MS_MAX = 5_000;
const TRY_AGAIN_MS = 1_000;
/** The answer may be here before the entry that says the same to everybody; later than this it will not be. */
export const SHOWN_MS_MAX = 1_500;

type Settle = (answer: Acknowledged | Refusal) => void;

/** Told of what was asked before a reload and answered after it. */
export type OnLate = (answer: Acknowledged | Refusal, asked: Asked) => void;

export class Outbox {
  #asked: readonly Asked[] = [];
  /** What was done after having waited, and is perhaps not on the board yet. */
  #justDone: readonly Asked[] = [];
  #ahead: readonly Asked[] = [];
  readonly #keeping: Keeping;
  #isRead = false;
  readonly #settles = new Map<string, Settle>();
  readonly #underWay = new Map<string, ReturnType<typeof setTimeout>>();
  /** Of what is under way, what was said and whose answer is still due. */
  readonly #due = new Set<string>();
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly line: () => Line,
    private readonly keeper: Keeper,
    private readonly onLate: OnLate = () => undefined,
  ) {
    this.#keeping = new Keeping(keeper, this.now, {
      kept: () => this.#tell(this.#asked.map((one) => (this.#keeping.has(one.commandId) ? kept(one, "kept") : one))),
      notKept: () => this.#tell(this.#asked.map((one) => (one.keeping === "soon" ? kept(one, "page_only") : one))),
    });
    const taken = this.#takeUp().then(() => {
      this.#isRead = true;
      this.#goOut();
    });
    keeper.listen(() => void taken.then(() => this.#takeUpMore()));
  }

  /** What is unanswered, oldest first. A new list whenever it changed. */
  readonly now = (): readonly Asked[] => this.#asked;

  /**
   * What may be shown as if it were done, oldest first: what waits, or has waited, and is not refused. A tap is among
   * it as soon as the device has kept it, or is known not to. A new list whenever it changed.
   */
  readonly ahead = (): readonly Asked[] => this.#ahead;

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Ask for something to be done. Resolves with the hub's answer, however long the line is away; rejects with a Refusal.
   * `seen` is where the board stood by which it was decided.
   */
  ask<V extends Verb>(verb: V, wanted: Commands[V], seen?: Held): Promise<Answers[V]> {
    const isHeldUp = !this.line().isConnected;
    const fields = seen === undefined ? wanted : { ...wanted, seen };
    const command = { commandId: newId(), verb, fields, askedAtMs: Date.now(), wasSaid: !isHeldUp };
    const one: Asked = { ...command, isHeldUp, hasWaited: isHeldUp, keeping: "soon" };
    return new Promise((resolve, reject) => {
      this.#settles.set(one.commandId, (answer) => {
        if (answer instanceof Refusal) reject(answer);
        // The shape is the hub's promise, read from its documents.
        else resolve(answer as unknown as Answers[V]);
      });
      this.#change([...this.#asked, one]);
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
    this.#goOut();
    // A page of the same person may have been closed meanwhile.
    if (this.#isRead) this.#takeUpMore();
  }

  disconnected(): void {
    for (const timer of this.#underWay.values()) clearTimeout(timer);
    this.#underWay.clear();
    this.#due.clear();
    this.#change(this.#asked.map((one) => ({ ...one, isHeldUp: true, hasWaited: true })));
  }

  /** Nothing is sent from here any more. What is kept is sent by whoever comes next. */
  close(): void {
    for (const timer of this.#underWay.values()) clearTimeout(timer);
    this.keeper.leave();
  }

  // Sending

  /** Everything may be heard by the hub from now on, and the device knows so before the first of it is said. */
  #goOut(): void {
    this.#dropTooOld();
    if (this.line().isConnected && this.#asked.some((one) => !one.wasSaid)) {
      this.#change(this.#asked.map((one) => (one.wasSaid ? one : { ...one, wasSaid: true })));
      void this.#keeping.write().then(() => this.#sendDue());
    } else this.#sendDue();
  }

  #sendDue(): void {
    this.#dropTooOld();
    // What lies in the drawer was asked before.
    if (!this.#isRead || !this.line().isConnected) return;
    const busy = new Set<string>();
    for (const one of this.#asked) {
      const thing = thingOf(one);
      if (busy.has(thing)) continue;
      busy.add(thing);
      if (!this.#underWay.has(one.commandId) && one.wasSaid) this.#send(one);
      // What comes after something that waited may build on it. What the hub chokes on holds up its own thing only.
      if (one.hasWaited && this.#due.has(one.commandId)) return;
    }
  }

  #send({ commandId, verb, fields }: Asked): void {
    const again = (): void => this.#againIn(commandId, TRY_AGAIN_MS * (0.5 + Math.random()));
    this.#underWay.set(commandId, setTimeout(again, ANSWER_MS_MAX));
    this.#due.add(commandId);
    this.#mark(commandId, { isHeldUp: false });
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
    this.#due.delete(commandId);
    const send = (): void => {
      this.#underWay.delete(commandId);
      this.#sendDue();
    };
    this.#underWay.set(commandId, setTimeout(send, delayMs));
    this.#mark(commandId, { isHeldUp: true, hasWaited: true });
    this.#sendDue();
  }

  #settle(commandId: string, answer: Acknowledged | Refusal): void {
    clearTimeout(this.#underWay.get(commandId));
    this.#underWay.delete(commandId);
    this.#due.delete(commandId);
    const one = this.#asked.find((other) => other.commandId === commandId);
    const settle = this.#settles.get(commandId);
    this.#settles.delete(commandId);
    if (one?.hasWaited && !(answer instanceof Refusal)) this.#showAsDone(one);
    this.#change(this.#asked.filter((other) => other.commandId !== commandId));
    const told = answer instanceof Refusal && one?.hasWaited ? answer.late() : answer;
    if (settle !== undefined) settle(told);
    else if (one !== undefined) this.onLate(told, one);
    this.#sendDue();
  }

  #showAsDone(one: Asked): void {
    this.#justDone = [...this.#justDone, one];
    setTimeout(() => {
      this.#justDone = this.#justDone.filter((other) => other !== one);
      this.#change(this.#asked);
    }, SHOWN_MS_MAX);
  }

  #dropTooOld(): void {
    const nowMs = Date.now();
    for (const one of this.#asked.filter((other) => nowMs - other.askedAtMs > keptMsMax(other)))
      this.#settle(one.commandId, one.wasSaid ? notAnswered() : notSent());
  }

  // What is here

  /** Take up what lies in the drawer; what is asked here already was asked later. */
  async #takeUp(): Promise<void> {
    const found = await this.#keeping.read();
    if (found.length > 0) this.#change([...found.map(takenUp), ...this.#asked]);
  }

  #takeUpMore(): void {
    void this.#takeUp().then(() => this.#goOut());
  }

  #mark(commandId: string, what: Partial<Asked>): void {
    this.#change(this.#asked.map((one) => (one.commandId === commandId ? { ...one, ...what } : one)));
  }

  #change(asked: readonly Asked[]): void {
    this.#tell(asked);
    void this.#keeping.write();
  }

  #tell(asked: readonly Asked[]): void {
    this.#asked = asked;
    this.#ahead = [...this.#justDone, ...asked.filter((one) => one.hasWaited && one.keeping !== "soon")];
    for (const listener of this.#listeners) listener();
  }
}

const UNREADABLE = { code: "unreadable", message: "The hub's answer could not be read.", retry: false };

function notSent(): Refusal {
  return new Refusal({ code: "not_sent", message: "This was never sent. Look, and do it again.", retry: false });
}

function notAnswered(): Refusal {
  const message = "Nobody knows whether this was done. Look before you do it again.";
  return new Refusal({ code: "not_answered", message, retry: false });
}

/** The first thing that a command names: as the hub does, so that order is kept where the hub keeps it. */
function thingOf({ commandId, verb, fields }: Asked): string {
  if (verb === "place_order") return commandId; // An order is a thing of its own, and not yet there.
  const named = Object.entries(fields).find(([name]) => name.endsWith("Id"));
  return named === undefined ? verb : String(named[1]);
}

function takenUp(one: Kept): Asked {
  return { ...one, isHeldUp: true, hasWaited: true, keeping: "kept" };
}

function kept(one: Asked, keeping: Asked["keeping"]): Asked {
  return one.keeping === keeping ? one : { ...one, keeping };
}
