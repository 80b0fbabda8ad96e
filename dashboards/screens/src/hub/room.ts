/**
 * One room as a client has it: its board, its place in the chain, and when it was last known to be whole.
 *
 * It subscribes when the line is up, applies what fits, asks again when something was missed, and takes a fresh board
 * when the ledger became another one. Coming back after a lost connection is the same path. Not its business: the
 * line, and what an entry does to a board.
 */

import { fit, type Held } from "./chain.ts";
import { Glass } from "./glass.ts";
import type { Acknowledged, Line } from "./line.ts";
import { isRefusalFacts, Refusal } from "./refusal.ts";
import type { Remembered } from "./remembered.ts";
import type { Entry } from "./wire.ts";

/** What a kind of room shows, and what an entry, or a signal of the room, does to it. */
export interface BoardKind<B> {
  readonly apply: (board: B, entry: Entry) => B;
  /** For rooms that hear signals, which have no number and are never missed. */
  readonly hear?: (board: B, name: string, body: unknown) => B;
  /** Whether its last board is worth showing to somebody whose network is away. */
  readonly isRemembered?: boolean;
}

/** A room as it is now. A new object whenever anything of it changed. */
export interface RoomNow<B> {
  readonly board: B | null;
  /** When the board was last known to be whole, on this device's clock; null before the first one. */
  readonly provenAtMs: number | null;
  readonly isConnected: boolean;
  /** Why the hub does not show this room, or does not any more. */
  readonly refusal: Refusal | null;
  readonly seq: number;
  /** Which life of the ledger the number is of; null before the first board. */
  readonly epoch: string | null;
  /** How often something was missed and asked for again. */
  readonly gaps: number;
}

const TRY_AGAIN_MS = 1_000;

export class Room<B> {
  #now: RoomNow<B> = {
    board: null,
    provenAtMs: null,
    isConnected: false,
    refusal: null,
    seq: 0,
    epoch: null,
    gaps: 0,
  };
  #held: Held | null = null;
  #isAsking = false;
  /** Whether nothing is known to be missing: only then does a beat prove anything. */
  #isWhole = false;
  /** Answers to questions of before a loss or a reset are nobody's any more. */
  #question = 0;
  #tryAgain: ReturnType<typeof setTimeout> | undefined;
  /** In a room that was left, or is being asked for, nothing can be said to be shown. */
  #isIn = false;
  readonly #glass = new Glass((seq, then) => {
    if (!this.#isIn || !this.line().isConnected) return false;
    this.line().say("delivered", { room: this.name, seq }, then);
    return true;
  });
  readonly #listeners = new Set<() => void>();

  constructor(
    readonly name: string,
    private readonly kind: BoardKind<B>,
    private readonly line: () => Line,
    private readonly clock: () => number = Date.now,
  ) {}

  readonly now = (): RoomNow<B> => this.#now;

  /** Be called whenever the room changed. Returns how to stop. */
  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Where its board stands; of no board, nothing. */
  get held(): Held | undefined {
    const { epoch, seq } = this.#now;
    return epoch === null ? undefined : { epoch, seq };
  }

  get hasListeners(): boolean {
    return this.#listeners.size > 0;
  }

  /** The screen has painted the room as it was in `seen`, where somebody can see it. Say it after the frame. */
  painted({ seq, epoch }: Pick<RoomNow<B>, "seq" | "epoch">): void {
    // What was painted of another ledger has no number in this one.
    if (this.#held !== null && this.#held.epoch === epoch) this.#glass.paints(seq);
  }

  /** Rights are others: what was refused may be allowed now. */
  mayBeAllowed(): void {
    if (this.#now.refusal !== null) this.#subscribe();
  }

  /** What there is to remember of it; null before the first board, and of what is not shown any more. */
  toRemember(): Remembered | null {
    const { board, provenAtMs, refusal } = this.#now;
    if (this.kind.isRemembered !== true || board === null || provenAtMs === null || refusal !== null) return null;
    return this.#held === null ? null : { what: { board, held: this.#held }, atMs: provenAtMs };
  }

  /** The board as this device remembers it, unless there is a younger one already. It is as old as it was. */
  recall({ what, atMs }: Remembered): void {
    if (this.#now.board !== null || this.#now.refusal !== null) return;
    // What was remembered of a room of this name is of its kind: these very screens wrote it, above.
    const { board, held } = what as { readonly board: B; readonly held: Held };
    this.#held = held;
    this.#change({ board, ...held, provenAtMs: atMs });
  }

  // What the hub's client tells it

  connected(): void {
    this.#isAsking = false;
    this.#change({ isConnected: true });
    this.#subscribe();
  }

  disconnected(): void {
    clearTimeout(this.#tryAgain);
    this.#isIn = this.#isWhole = false;
    this.#question += 1;
    this.#isAsking = false;
    this.#change({ isConnected: false });
  }

  /** An entry of this room. Whatever comes while we ask is in the answer as well. */
  heard(entry: Entry): void {
    if (this.#isAsking || this.#held === null || this.#now.board === null) return;
    const how = fit(this.#held.seq, entry);
    if (how === "repetition") return;
    if (how === "gap") {
      this.#isWhole = false;
      this.#change({ gaps: this.#now.gaps + 1 });
      this.#subscribe();
      return;
    }
    // What cannot be applied is missing.
    this.#isWhole = false;
    const board = this.kind.apply(this.#now.board, entry);
    this.#isWhole = true;
    this.#hold(board, { seq: entry.seq, epoch: this.#held.epoch });
  }

  /** A signal of this room, for kinds that hear them. */
  heardSignal(name: string, body: unknown): void {
    if (this.#now.board === null || this.kind.hear === undefined) return;
    this.#change({ board: this.kind.hear(this.#now.board, name, body), provenAtMs: this.clock() });
  }

  /** The hub said that `behindMs` ago everybody had been shown everything. */
  proven(behindMs: number): void {
    if (!this.#isWhole || this.#now.provenAtMs === null) return;
    const nowMs = this.clock();
    const provenAtMs = nowMs - behindMs;
    // What was proven later than now was proven on a clock that has been set back since.
    if (provenAtMs > this.#now.provenAtMs || this.#now.provenAtMs > nowMs) this.#change({ provenAtMs });
  }

  /** The ledger is another one: what was held of it means nothing. */
  reset(): void {
    this.#held = null;
    this.#glass.forgets();
    this.#isIn = this.#isWhole = false;
    this.#question += 1;
    this.#isAsking = false;
    this.#subscribe();
  }

  closed(reason: string): void {
    this.#held = null;
    this.#glass.forgets();
    this.#isIn = this.#isWhole = false;
    this.#question += 1;
    this.#isAsking = false;
    // Other rights may be enough for this room; asking tells.
    if (reason === "rights_changed") this.#subscribe();
    else this.#change({ refusal: new Refusal({ code: reason, message: "This room was closed.", retry: false }) });
  }

  leave(): void {
    clearTimeout(this.#tryAgain);
    this.#isIn = false;
    this.#glass.forgets();
    this.#question += 1;
    if (this.line().isConnected) this.line().say("unsubscribe", { room: this.name }, () => undefined);
  }

  // Asking

  #subscribe(): void {
    if (this.#isAsking || !this.line().isConnected) return;
    this.#isAsking = true;
    this.#isIn = false;
    const question = ++this.#question;
    const since = this.#held === null ? {} : { since: this.#held.seq, epoch: this.#held.epoch };
    this.line().say("subscribe", { room: this.name, ...since }, (answer) => {
      // In the turn of the answer: the next entry may be in the same breath.
      if (question === this.#question) this.#answered(answer);
    });
  }

  #answered(answer: Acknowledged): void {
    this.#isAsking = false;
    if (!isOpened<B>(answer)) {
      this.#refused(answer);
      return;
    }
    let board = answer.board ?? this.#now.board;
    if (board === null) return this.reset();
    for (const entry of answer.entries) board = this.kind.apply(board, entry);
    // What was painted of another ledger has no number here.
    if (this.#held !== null && this.#held.epoch !== answer.epoch) this.#glass.forgets();
    this.#isIn = this.#isWhole = !answer.more;
    this.#hold(board, { seq: answer.seq, epoch: answer.epoch });
    if (answer.more) this.#subscribe();
    else this.#glass.entered();
  }

  #refused({ error }: Acknowledged): void {
    const refusal = isRefusalFacts(error) ? new Refusal(error) : null;
    if (refusal === null || refusal.retry) {
      clearTimeout(this.#tryAgain);
      this.#tryAgain = setTimeout(() => this.#subscribe(), TRY_AGAIN_MS * (0.5 + Math.random()));
    } else {
      this.#held = null;
      this.#change({ refusal });
    }
  }

  #hold(board: B, held: Held): void {
    this.#held = held;
    const proof = this.#isWhole ? { provenAtMs: this.clock() } : {};
    this.#change({ board, ...held, refusal: null, ...proof });
  }

  #change(what: Partial<RoomNow<B>>): void {
    this.#now = { ...this.#now, ...what };
    for (const listener of this.#listeners) listener();
  }
}

interface Opened<B> extends Acknowledged {
  readonly epoch: string;
  readonly seq: number;
  readonly board?: B;
  readonly entries: readonly Entry[];
  readonly more: boolean;
}

/** The hub's documents say what an answer is made of; here it is only told from a refusal. */
function isOpened<B>(answer: Acknowledged): answer is Opened<B> {
  return answer.ok && typeof answer.seq === "number" && Array.isArray(answer.entries);
}
