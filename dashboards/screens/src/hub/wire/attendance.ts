/**
 * What travels between a hub and its screens: attendance.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { RoomKind } from "./audience.ts";

/**
 * One socket of a person: at which hub, on which device, since when, and where it listens.
 *
 * Of many `rooms` the first are told; `roomsInAll` says how many there are.
 */
export interface Connection {
  readonly instance: string;
  readonly socketId: string;
  readonly device: string | null;
  readonly sessionId: string | null;
  readonly connectedAt: string;
  readonly rooms: readonly Standing[];
  readonly roomsInAll: number;
}

/**
 * One hub of the house and who is connected to it, as it said `at` that time.
 *
 * `places` are the members in rooms, by kind of room. Before `behindSeconds` ago nothing was recorded that it has not
 * delivered since. `isHealthy` is whether it hears its own tokens, and follows every ledger that it should.
 */
export interface HubHere {
  readonly instance: string;
  readonly host: string;
  readonly version: string;
  readonly at: string;
  readonly isHealthy: boolean;
  readonly isStopping: boolean;
  readonly isRedisUp: boolean;
  readonly sockets: number;
  readonly rooms: number;
  readonly places: Readonly<Partial<Record<RoomKind, number>>>;
  readonly behindSeconds: number;
}

/** A room that a socket is in: up to which number the hub has handed it entries, and up to which it showed them. */
export interface Standing {
  readonly room: string;
  readonly seq: number;
  readonly shown: number;
}
