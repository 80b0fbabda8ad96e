/**
 * What happened just before somebody looked in, so that a pulse has a past from its first second.
 *
 * Read once, from the same chain that the room goes on with. Without an answer the pulse begins with nothing. Not its
 * business: what happens from now on, which the room hears.
 */

import { useEffect, useState } from "react";

import { get } from "../house/api.ts";
import type { Entry, RoomAnswer } from "../hub/index.ts";
import { type Fact, factOf } from "./facts.ts";
import { anyOf, type Names, namesInEntries } from "./names.ts";

/** Enough for what the plot shows, and less than what the hub gives up replaying. */
const ENTRIES_BEFORE = 1_600;
const PAGES_MAX = 4;
const NOTHING: readonly Fact[] = [];

/** The facts of a room up to `seq`, once there is one. Asked for once, whatever else changes. */
export function usePast(room: string, seq: number | null, names: Names, token: string): readonly Fact[] {
  const [past, setPast] = useState(NOTHING);
  const isOpen = seq !== null;
  useEffect(() => {
    if (seq === null) return;
    let isGone = false;
    entriesUpTo(room, seq, token).then(
      (entries) => {
        if (isGone) return;
        const all = anyOf(namesInEntries(entries), names);
        setPast(entries.map((entry) => factOf(entry, all)));
      },
      () => undefined,
    );
    return () => {
      isGone = true;
    };
    // At the first board; from then on the room itself hears what happens.
  }, [room, token, isOpen]);
  return past;
}

async function entriesUpTo(room: string, seq: number, token: string): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  let since = Math.max(0, seq - ENTRIES_BEFORE);
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await get<RoomAnswer>(`/rooms/${room}/entries?since=${since}`, token);
    // The shape is the hub's promise, read from its documents.
    entries.push(...(answer.entries as unknown as readonly Entry[]));
    if (!answer.more) break;
    since = answer.seq;
  }
  return entries;
}
