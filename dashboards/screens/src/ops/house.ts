/**
 * What the hubs of a house say together: who is in which rooms, the busiest of them, and the last refusals.
 *
 * Not its business: how a single hub is (`verdict.ts`).
 */

import type { BusyRoom, HubPulse, LastRefusal, RoomKind } from "../hub/index.ts";

export const ROOMS_MAX = 20;
export const REFUSALS_MAX = 20;

const KINDS: Readonly<Record<RoomKind, true>> = {
  pass: true,
  station: true,
  waiters: true,
  table: true,
  order: true,
  item: true,
  user: true,
  announcements: true,
  ops: true,
};

export interface Places {
  readonly kind: RoomKind;
  readonly members: number;
}

/** How many are in rooms of each kind, over all hubs; the most first, and all kinds. */
export function placesOf(pulses: readonly HubPulse[]): readonly Places[] {
  const kinds = Object.keys(KINDS).filter((one): one is RoomKind => one in KINDS);
  return kinds
    .map((kind) => ({ kind, members: pulses.reduce((sum, one) => sum + (one.places[kind] ?? 0), 0) }))
    .toSorted((one, other) => other.members - one.members);
}

/**
 * The busiest rooms of all hubs. What lags comes first, then what has the most listeners.
 *
 * Over several hubs a room has the listeners of all of them, and stands where the hub that is farthest has it.
 */
export function busiestOf(pulses: readonly HubPulse[]): readonly BusyRoom[] {
  const byName = new Map<string, BusyRoom>();
  for (const one of pulses.flatMap((pulse) => pulse.busiestRooms)) {
    const other = byName.get(one.room);
    byName.set(one.room, other === undefined ? one : together(other, one));
  }
  const rooms = [...byName.values()].toSorted(
    (one, other) =>
      other.entriesBehind - one.entriesBehind || other.members - one.members || (one.room < other.room ? -1 : 1),
  );
  return rooms.slice(0, ROOMS_MAX);
}

function together(one: BusyRoom, other: BusyRoom): BusyRoom {
  return {
    room: one.room,
    members: one.members + other.members,
    seq: Math.max(one.seq, other.seq),
    head: Math.max(one.head, other.head),
    entriesBehind: Math.max(one.entriesBehind, other.entriesBehind),
  };
}

export interface RefusalLine extends LastRefusal {
  readonly instance: string;
}

/** The last refusals of all hubs, the latest first. */
export function refusalsOf(pulses: readonly HubPulse[]): readonly RefusalLine[] {
  const all = pulses.flatMap(({ instance, lastRefusals }) => lastRefusals.map((one) => ({ ...one, instance })));
  return all.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at)).slice(0, REFUSALS_MAX);
}

/** A room's name taken apart: what it is called before the first colon, and the ids after it. */
export interface RoomName {
  readonly kind: RoomKind | "other";
  /** The id of the thing that the room is about; null where there is only one room of the kind. */
  readonly id: string | null;
}

export function roomName(room: string): RoomName {
  const [prefix = "", ...ids] = room.split(":");
  const id = ids.at(-1) ?? null;
  if (prefix === "kitchen") return { kind: ids.length > 1 ? "station" : "pass", id };
  return { kind: isKind(prefix) ? prefix : "other", id };
}

function isKind(text: string): text is RoomKind {
  return text in KINDS;
}
