/**
 * The client of a hub: one line, the rooms that somebody looks at, and what was asked.
 *
 *     const hub = new Hub({ token });
 *     const kitchen = hub.room(`kitchen:${restaurant}`, BOARDS.pass);
 *     kitchen.listen(() => show(kitchen.now().board));
 *     await hub.ask("bump_ticket", { ticketId });
 *
 * Not its business: signing in, and anything that is shown.
 */

import { HubClock } from "./clock.ts";
import { type Ear, type Line, type LineOptions, openLine } from "./line.ts";
import { type Keeper, keeperOf } from "./kept.ts";
import { type OnLate, Outbox, type Verb } from "./outbox.ts";
import type { Refusal } from "./refusal.ts";
import type { Memory } from "./remembered.ts";
import { type BoardKind, Room } from "./room.ts";
import type { Answers, Commands, Entry } from "./wire.ts";

export interface HubOptions extends LineOptions {
  /** Who asks, so that what one person asked is never sent for another. */
  readonly owner?: string;
  /** The hub does not believe the token any more: `carry` the next one, or sign in again. */
  readonly onSentAway?: (refusal: Refusal) => void;
  /** Something that was asked before a reload was answered, or refused, after it. */
  readonly onLate?: OnLate;
  /** Where unanswered commands outlive the page; by default the browser's own database. */
  readonly keeper?: Keeper;
  /** Where last boards outlive the page; by default nowhere. */
  readonly memory?: Memory;
  /** How lines are opened; tests have their own. */
  readonly open?: (options: LineOptions, ear: Ear) => Line;
}

/** The line as a screen may show it. A new object whenever it changed. */
export interface LineNow {
  readonly isConnected: boolean;
  /** Which screens the hub serves now; another one than this page's means that there is a newer version. */
  readonly screens: string | null;
}

/** A room as far as its board does not matter. */
type Tellable = Pick<
  Room<unknown>,
  | "connected"
  | "disconnected"
  | "mayBeAllowed"
  | "heard"
  | "heardSignal"
  | "proven"
  | "reset"
  | "closed"
  | "leave"
  | "hasListeners"
  | "held"
  | "listen"
  | "toRemember"
>;

/** How long a room that nobody looks at is kept, so that going back to it costs nothing. */
const LINGER_MS = 30_000;
/** Where the hub is there, its own board comes sooner, and nobody is shown an old one first. */
const RECALL_MS = 500;
/** A board that changes is kept so often at most: a device's memory wears out. */
const REMEMBER_MS_MIN = 10_000;

export class Hub {
  readonly clock = new HubClock();
  readonly outbox: Outbox;
  #now: LineNow = { isConnected: false, screens: null };
  readonly #line: Line;
  readonly #rooms = new Map<string, Tellable>();
  readonly #leaving = new Map<string, ReturnType<typeof setTimeout>>();
  #memory: Memory | undefined;
  readonly #remembering = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #rememberedAtMs = new Map<string, number>();
  readonly #listeners = new Set<() => void>();

  constructor(options: HubOptions) {
    this.outbox = new Outbox(() => this.#line, options.keeper ?? keeperOf(options.owner ?? "nobody"), options.onLate);
    this.#memory = options.memory;
    this.#line = (options.open ?? openLine)(options, {
      connected: () => this.#connected(),
      disconnected: () => this.#disconnected(),
      sentAway: (refusal) => options.onSentAway?.(refusal),
      heard: (name, body) => this.#heard(name, body),
    });
  }

  readonly now = (): LineNow => this.#now;

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The room of this name, subscribed from now on. Asked for again, it is the same one. */
  room<B>(name: string, kind: BoardKind<B>): Room<B> {
    clearTimeout(this.#leaving.get(name));
    // One name is always of one kind: the hub's names say so.
    const there = this.#rooms.get(name) as unknown as Room<B> | undefined;
    if (there !== undefined) return there;
    const room = new Room(name, kind, () => this.#line);
    this.#rooms.set(name, room);
    if (kind.isRemembered) this.#recall(name, room);
    if (this.#line.isConnected) room.connected();
    return room;
  }

  /** Have the device keep every board as it is now: the page may be gone any moment. */
  rememberNow(): void {
    for (const [name, room] of this.#rooms) this.#remember(name, room);
  }

  /** Nobody looks at it any more. It is left in a while, unless somebody does again. */
  leaveSoon(name: string): void {
    clearTimeout(this.#leaving.get(name));
    this.#leaving.set(
      name,
      setTimeout(() => this.#leave(name), LINGER_MS),
    );
  }

  /** Ask for something to be done; see `Outbox.ask`. `from` names the room by whose board it was decided. */
  ask<V extends Verb>(verb: V, fields: Commands[V], from?: string): Promise<Answers[V]> {
    return this.outbox.ask(verb, fields, from === undefined ? undefined : this.#rooms.get(from)?.held);
  }

  /** Go on with the next token of whoever asks; sent away for the one before, the line comes back. */
  carry(token: string): void {
    this.#line.carry(token);
  }

  /** Whoever looked has gone, and nothing of what they saw is kept. What they asked is still sent. */
  lookAway(): void {
    this.#memory = undefined;
  }

  close(): void {
    for (const timer of [...this.#leaving.values(), ...this.#remembering.values()]) clearTimeout(timer);
    // Whoever signs out leaves nothing behind to look at.
    this.#memory = undefined;
    this.outbox.close();
    this.#line.close();
  }

  #leave(name: string): void {
    const room = this.#rooms.get(name);
    if (room === undefined || room.hasListeners) return;
    this.#rooms.delete(name);
    this.#rememberedAtMs.delete(name);
    room.leave();
  }

  #recall<B>(name: string, room: Room<B>): void {
    const recall = (): void =>
      void this.#memory?.recall(name).then(
        (found) => found !== null && room.recall(found),
        () => undefined,
      );
    setTimeout(recall, RECALL_MS);
    room.listen(() => this.#rememberSoon(name, room));
  }

  #rememberSoon(name: string, room: Tellable): void {
    if (this.#memory === undefined || this.#remembering.has(name) || room.toRemember() === null) return;
    // The first one at once: the network may be gone, and the page with it, before anything changes.
    const dueMs = (this.#rememberedAtMs.get(name) ?? -Infinity) + REMEMBER_MS_MIN;
    const remember = (): void => this.#remember(name, room);
    this.#remembering.set(name, setTimeout(remember, Math.max(0, dueMs - performance.now())));
  }

  #remember(name: string, room: Tellable): void {
    clearTimeout(this.#remembering.get(name));
    this.#remembering.delete(name);
    const what = room.toRemember();
    // What cannot be kept is not there after a reload, and nobody is told otherwise.
    if (what === null) return;
    this.#rememberedAtMs.set(name, performance.now());
    this.#memory?.remember(name, what).catch(() => undefined);
  }

  #connected(): void {
    this.clock.forget();
    this.#change({ isConnected: true });
    for (const room of this.#rooms.values()) room.connected();
    this.outbox.connected();
  }

  #disconnected(): void {
    this.#change({ isConnected: false });
    for (const room of this.#rooms.values()) room.disconnected();
    this.outbox.disconnected();
    this.rememberNow();
  }

  #heard(name: string, body: unknown): void {
    if (!isRecord(body)) return;
    if (name === "beat" || name === "authenticated") return this.#beat(body);
    if (name === "your_rights_changed") for (const room of this.#rooms.values()) room.mayBeAllowed();
    const room = typeof body.room === "string" ? this.#rooms.get(body.room) : undefined;
    if (room === undefined) return;
    if (name === "room_reset") room.reset();
    else if (name === "room_closed") room.closed(String(body.reason));
    else if (typeof body.seq === "number") room.heard({ ...body, event: name } as unknown as Entry);
    else room.heardSignal(name, body);
  }

  #beat({ at, screens, behindSeconds }: Readonly<Record<string, unknown>>): void {
    if (typeof at === "string") this.clock.hear(at);
    if (typeof screens === "string" && screens !== this.#now.screens) this.#change({ screens });
    if (typeof behindSeconds !== "number") return;
    // A beat that waited while the tablet slept says nothing of now.
    const lateMs = typeof at === "string" ? Math.max(0, this.clock.nowMs() - Date.parse(at)) : 0;
    for (const room of this.#rooms.values()) room.proven(behindSeconds * 1_000 + lateMs);
  }

  #change(what: Partial<LineNow>): void {
    this.#now = { ...this.#now, ...what };
    for (const listener of this.#listeners) listener();
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
