/**
 * What travels between a hub and its screens: connections.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Connection, HubHere } from "./attendance.ts";

/**
 * A person's connections, the newest first. `inAll` counts those, too, that a hub with many did not tell.
 *
 * What the hubs in `silentHubs` have is not known: they did not answer in time.
 */
export interface Connections {
  readonly nextCursor: string | null;
  readonly items: readonly Connection[];
  readonly inAll: number;
  readonly silentHubs: readonly string[];
}

/** The hubs that were heard lately, the one that was asked first; and how many are connected to all of them. */
export interface Hubs {
  readonly nextCursor: string | null;
  readonly items: readonly HubHere[];
  readonly sockets: number;
}
