/**
 * What travels between a hub and its screens: signals.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { RoomKind } from "./audience.ts";

/** The socket is somebody's, and entered the rooms that everybody is in. The rest is as in a beat. */
export interface Authenticated {
  readonly userId: string | null;
  readonly rooms: Readonly<Record<string, Position>>;
  readonly at: string;
  readonly screens: string | null;
  readonly behindSeconds: number;
}

/**
 * The connection lives, this is the hub's time, and this is how far the hub can vouch for what it delivered.
 *
 * `screens` is the stamp of the screens that this hub serves: another one than yours means that yours are old. Before
 * `behindSeconds` ago nothing was recorded that this hub has not delivered since; about a second when all is well.
 */
export interface Beat {
  readonly at: string;
  readonly screens: string | null;
  readonly behindSeconds: number;
}

/**
 * One room of a hub, how many are in it, and where it stands.
 *
 * `head` is the number of its ledger's last entry that was delivered here; after `seq` there was none for this room.
 * `entriesBehind` is how many of its ledger the hub has heard of and lacks.
 */
export interface BusyRoom {
  readonly room: string;
  readonly members: number;
  readonly seq: number;
  readonly head: number;
  readonly entriesBehind: number;
}

/**
 * How the database is, as far as the hub's own work shows it. Nothing is asked for this.
 *
 * `secondsSinceAnswer` is null before the first answer; a sweep asks every second or two.
 */
export interface DatabaseState {
  readonly isAnswering: boolean;
  readonly secondsSinceAnswer: number | null;
  readonly poolSize: number;
  readonly poolSizeMax: number;
  readonly poolInUse: number;
}

/**
 * The hub closes this socket, and `reason` says why.
 *
 * `hub_stops`: come back after `retryAfterMs`. `token_expired`: come back with the next token. `session_over`,
 * `token_invalid`, `not_signed_in`: sign in, and come back.
 */
export interface Goodbye {
  readonly reason: string;
  readonly retryAfterMs: number;
}

/**
 * How one hub of the house is. In the room `ops`, once a second from every hub.
 *
 * It takes the place of what the same `instance` said before; a hub that has said nothing for some seconds is gone, or
 * cannot be heard because Redis is away. `entriesRecorded`, `entriesDelivered`, `deeds` and `refusals` count since the
 * hub's start: the difference of two pulses is a rate. `entriesDelivered` counts each socket that was handed an entry;
 * `deeds` those that were done. `places` are the members in rooms, by kind of room; `busiestRooms` leave out those of
 * single users. `eventLoopLagSeconds` is how late the event loop was at worst since the last pulse; `memoryBytes` is
 * null where the system does not say.
 */
export interface HubPulse {
  readonly room: "ops";
  readonly instance: string;
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  readonly at: string;
  readonly uptimeSeconds: number;
  readonly isHealthy: boolean;
  readonly isStopping: boolean;
  readonly sockets: number;
  readonly rooms: number;
  readonly places: Readonly<Partial<Record<RoomKind, number>>>;
  readonly busiestRooms: readonly BusyRoom[];
  readonly followers: number;
  readonly entriesBehind: number;
  readonly behindSeconds: number;
  readonly entriesRecorded: number;
  readonly entriesDelivered: number;
  readonly deeds: number;
  readonly refusals: number;
  readonly lastRefusals: readonly LastRefusal[];
  readonly redis: RedisState;
  readonly database: DatabaseState;
  readonly eventLoopLagSeconds: number;
  readonly memoryBytes: number | null;
  readonly cpuSeconds: number;
}

/** One no: its code, and which message or route was asked. Nothing of who asked, and nothing of what they said. */
export interface LastRefusal {
  readonly at: string;
  readonly code: string;
  readonly door: "rooms" | "api";
  readonly asked: string;
}

/** The house as the hub `instance`, which was asked, knows it: the latest pulse of every hub, its own first. */
export interface OpsBoard {
  readonly instance: string;
  readonly hubs: readonly HubPulse[];
}

/** Where a room stands: hold `seq`, of this `epoch`. */
export interface Position {
  readonly seq: number;
  readonly epoch: string;
}

/** Whether the doorbell rings, and what is wrong where it does not. */
export interface RedisState {
  readonly isUp: boolean;
  readonly why: string | null;
}

/** You may not be in this room any more. `reason` is a code, such as party_left or not_your_job. */
export interface RoomClosed {
  readonly room: string;
  readonly reason: string;
}

/** The room's ledger is another one, and you are out of the room: subscribe, and take the board as it is. */
export interface RoomReset {
  readonly room: string;
  readonly epoch: string;
}

/** What each signal carries. None of them has a place in any chain. */
export interface Signals {
  readonly authenticated: Authenticated;
  readonly beat: Beat;
  readonly hub_pulse: HubPulse;
  readonly room_reset: RoomReset;
  readonly room_closed: RoomClosed;
  readonly goodbye: Goodbye;
}
