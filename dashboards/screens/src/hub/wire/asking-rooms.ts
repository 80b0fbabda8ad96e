/**
 * What travels between a hub and its screens: asking-rooms.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Ask } from "./asking.ts";
import type { RoomAnswer } from "./boards.ts";

/** The board of a room, and the number it is of. Its ETag changes with whatever the room hears. */
export function showBoardsRoom(ask: Ask, room: string): Promise<RoomAnswer> {
  return ask("GET", `/rooms/${encodeURIComponent(room)}`);
}

/** What happened in a room since a number: the replay that a socket gets when it comes back. */
export function showBoardsEntries(
  ask: Ask,
  room: string,
  query: { readonly since: number; readonly epoch?: string | null },
): Promise<RoomAnswer> {
  return ask("GET", `/rooms/${encodeURIComponent(room)}/entries`, { query });
}
