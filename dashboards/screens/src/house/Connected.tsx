/**
 * The hub for everything below: rooms to look at, commands to ask, ages to show.
 *
 * Not its business: who signs in (`Screen.tsx`), and what any screen shows.
 */

import { createContext, type ReactNode, useContext, useEffect, useRef, useState, useSyncExternalStore } from "react";

import {
  type BoardKind,
  type Freshness,
  freshness,
  Hub,
  type Memory,
  memoryOf,
  newId,
  type OnLate,
  Refusal,
  type RoomNow,
  type Asked,
  type Verb,
} from "../hub/index.ts";
import type { Answers, Commands } from "../hub/index.ts";
import { useWords } from "./language.ts";
import { useIsLate } from "./late.ts";
import { useTell } from "./Notices.tsx";
import { afterPaint } from "./painting.ts";
import type { ScreenName } from "./shift.ts";
import { local } from "./storage.ts";
import { useNowMs } from "./time.ts";
import { ownScreens } from "./version.ts";
import { refused, WORDS } from "./words.ts";

interface House {
  readonly hub: Hub;
  /** With what this device asks by REST, now. */
  readonly token: string;
  /** Whose line it is. */
  readonly owner: string;
  /** At which staff screen they work; null for whoever looks on without one. */
  readonly screen: ScreenName | null;
  readonly memory: Memory;
  /** How many times faster than life the dinner is played; 1 in a restaurant. */
  readonly speed: number;
  readonly lateListeners: Set<LateListener>;
}

/** Told of what was asked before a reload and answered after it; returns whether it has dealt with it. */
export type LateListener = (answer: Parameters<OnLate>[0], asked: Asked) => boolean;

const InHouse = createContext<House | null>(null);

interface ConnectedProps {
  readonly token: string;
  readonly owner: string;
  readonly screen?: ScreenName | null;
  readonly speed?: number;
  readonly onSentAway: (refusal: Refusal) => void;
  /** Whoever is here leaves: closes the hub, or sees to it that the rest is sent. Answers who is told of it from then. */
  readonly onLeave?: (hub: Hub) => (refusal: Refusal) => void;
  readonly children: ReactNode;
}

function hangUp(hub: Hub): () => void {
  hub.close();
  return () => undefined;
}

/** Opens the line, and keeps it for as long as this is on the screen, from one token to the next. */
export function Connected(props: ConnectedProps) {
  const { token, owner, screen = null, speed = 1, onSentAway, onLeave = hangUp, children } = props;
  const say = useWords(WORDS);
  const tell = useTell();
  const [opening, setOpening] = useState<Pick<House, "hub" | "memory"> | null>(null);
  const lateListeners = useRef(new Set<LateListener>());
  const latest = useRef({ token, onSentAway, onLeave });
  latest.current = { token, onSentAway, onLeave };
  useEffect(() => {
    const memory = memoryOf(owner, ownScreens() ?? "");
    let sentAway = (refusal: Refusal): void => latest.current.onSentAway(refusal);
    const opened = new Hub({
      token: latest.current.token,
      owner,
      deviceId: deviceId(),
      memory,
      onSentAway: (refusal) => sentAway(refusal),
      onLate: (answer, asked) => {
        const isDealtWith = [...lateListeners.current].some((listener) => listener(answer, asked));
        if (isDealtWith || !(answer instanceof Refusal) || answer.code === "taken_back") return;
        tell({ text: refused(say, answer), isBad: true, stays: true });
      },
    });
    setOpening({ hub: opened, memory });
    const hides = (): void => {
      if (document.visibilityState === "hidden") opened.rememberNow();
    };
    document.addEventListener("visibilitychange", hides);
    return () => {
      document.removeEventListener("visibilitychange", hides);
      sentAway = latest.current.onLeave(opened);
    };
    // The line is its owner's; with what they go on, and what is said of it, may change without hanging up.
  }, [owner]);
  useEffect(() => opening?.hub.carry(token), [opening, token]);
  if (opening === null) return null;
  return (
    <InHouse.Provider value={{ ...opening, token, owner, screen, speed, lateListeners: lateListeners.current }}>
      {children}
    </InHouse.Provider>
  );
}

function useHouse(): House {
  const house = useContext(InHouse);
  if (house === null) throw new Error("Only within Connected is there a hub.");
  return house;
}

export function useHub(): Hub {
  return useHouse().hub;
}

/** What this device last saw of the hub, for what is read rather than followed. */
export function useMemory(): Memory {
  return useHouse().memory;
}

/** With what this device asks by REST. It is another one every some minutes. */
export function useToken(): string {
  return useHouse().token;
}

/** The id of whoever is signed in. */
export function useOwner(): string {
  return useHouse().owner;
}

/** The staff screen that this is; null where it is none. */
export function useScreenName(): ScreenName | null {
  return useHouse().screen;
}

export function useSpeed(): number {
  return useHouse().speed;
}

/** Ask for something; a refusal is told to whoever tapped, and then answers undefined. */
export function useAsk(): <V extends Verb>(verb: V, fields: Commands[V]) => Promise<Answers[V] | undefined> {
  const { hub } = useHouse();
  const say = useWords(WORDS);
  const tell = useTell();
  return (verb, fields) =>
    hub.ask(verb, fields).catch((refusal: Refusal) => {
      if (refusal.code !== "taken_back") tell({ text: refused(say, refusal), isBad: true, stays: refusal.isLate });
      return undefined;
    });
}

const NOTHING: RoomNow<never> = {
  board: null,
  provenAtMs: null,
  isConnected: false,
  refusal: null,
  seq: 0,
  epoch: null,
  gaps: 0,
};
const nothing = (): RoomNow<never> => NOTHING;
const silence = (): (() => void) => () => undefined;

/** Hear of what was asked before a reload and answered after it; see LateListener. */
export function useLateAnswers(listener: LateListener): void {
  const { lateListeners } = useHouse();
  useEffect(() => {
    lateListeners.add(listener);
    return () => void lateListeners.delete(listener);
  }, [lateListeners, listener]);
}

/** A room as it is now, for as long as somebody looks at it. Without a name there is nothing to look at. */
export function useRoom<B>(name: string | null, kind: BoardKind<B>): RoomNow<B> {
  const { hub } = useHouse();
  const room = name === null ? null : hub.room(name, kind);
  useEffect(() => {
    if (name === null) return;
    hub.room(name, kind);
    return () => hub.leaveSoon(name);
  }, [hub, name, kind]);
  return useSyncExternalStore<RoomNow<B>>(room?.listen ?? silence, room?.now ?? nothing);
}

/** The boards of several rooms of a kind, as far as they are there, for as long as somebody looks at them. */
export function useBoards<B>(names: readonly string[], kind: BoardKind<B>): readonly B[] {
  const { hub } = useHouse();
  const [boards, setBoards] = useState<readonly B[]>([]);
  const all = names.join(" ");
  useEffect(() => {
    const rooms = all.split(" ").map((name) => hub.room(name, kind));
    const look = (): void => {
      const found: B[] = [];
      for (const { board } of rooms.map((room) => room.now())) if (board !== null) found.push(board);
      setBoards((before) => (areSame(before, found) ? before : found));
    };
    const stops = rooms.map((room) => room.listen(look));
    look();
    return () => {
      for (const stop of stops) stop();
      for (const { name } of rooms) hub.leaveSoon(name);
    };
  }, [hub, all, kind]);
  return boards;
}

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, at) => one === others[at]);
}

/** A room as `useRoom` has it, where somebody works by it: the hub is told what of it this glass has shown. */
export function useShownRoom<B>(name: string, kind: BoardKind<B>): RoomNow<B> {
  const { hub } = useHouse();
  const now = useRoom(name, kind);
  const drawn = useRef(now);
  const isPainting = useRef(false);
  const room = hub.room(name, kind);
  useEffect(() => {
    drawn.current = now;
    if (isPainting.current || now.board === null) return;
    isPainting.current = true;
    // Whatever is drawn before the frame comes is painted in it.
    afterPaint(
      () => drawn.current,
      (seen) => {
        isPainting.current = false;
        room.painted(seen);
      },
    );
  }, [room, now]);
  return now;
}

/** How old a room is, counted anew every second. */
export function useFreshness(room: RoomNow<unknown>): Freshness {
  const { isConnected, provenAtMs, refusal } = room;
  const isLate = useIsLate(provenAtMs === null && refusal === null);
  return freshness({ isConnected, provenAtMs, nowMs: useNowMs(), isLate });
}

/** What was asked and is not yet answered. */
export function useAsked(): readonly Asked[] {
  const { outbox } = useHub();
  return useSyncExternalStore(outbox.listen, outbox.now);
}

/** What may be shown as done though the hub has not said so: see `Outbox.ahead`. */
export function useAhead(): readonly Asked[] {
  const { outbox } = useHub();
  return useSyncExternalStore(outbox.listen, outbox.ahead);
}

/** A function that tells how many seconds ago a moment of the hub was, as the dinner counts them. */
export function useAgeSeconds(): (at: string) => number {
  const { hub, speed } = useHouse();
  useNowMs();
  const nowMs = hub.clock.nowMs();
  return (at) => (Math.max(0, nowMs - Date.parse(at)) / 1_000) * speed;
}

function deviceId(): string {
  const key = "brigade.device";
  const kept = local.getItem(key);
  if (kept !== null) return kept;
  const made = newId();
  local.setItem(key, made);
  return made;
}
