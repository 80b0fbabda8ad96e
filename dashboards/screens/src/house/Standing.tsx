/**
 * A strip below the bar with what somebody was told: by an operator to everybody, to a role, or to them alone.
 *
 * It stands until it is put away on this device, over reloads, and never lies over the board. Not its business: what the
 * screen itself has to say (`Notices.tsx`).
 */

import { useCallback, useEffect, useMemo, useState } from "react";

import { BOARDS, type Notice, type Role, type UserBoard } from "../hub/index.ts";
import { useBoards, useHub, useOwner, useRoom, useScreenName } from "./Connected.tsx";
import { timeOfDay, useWords } from "./language.ts";
import type { ScreenName } from "./shift.ts";
import { keyOf, standing } from "./standing.ts";
import { local } from "./storage.ts";
import { useNowMs } from "./time.ts";
import { WORDS } from "./words.ts";

/** Nobody sees that a board was moved by what came above it, makes up their mind and touches it within this time. */
const SETTLED_MS_MIN = 400;

/** What whoever is signed in was told lately. */
export function Standing() {
  const own = useRoom(`user:${useOwner()}`, BOARDS.user).board;
  const announced = useAnnounced(roomsOf(own, useScreenName()));
  return <Strip said={useMemo(() => [...(own?.notices ?? []), ...announced], [own, announced])} />;
}

/** What guests were told lately, each at their own phone. */
export function StandingForGuests() {
  return <Strip said={useAnnounced(ROOMS_OF_GUESTS)} />;
}

const ROOMS_OF_GUESTS = ["announcements", "announcements:guest"];

function Strip({ said }: { readonly said: readonly Notice[] }) {
  const say = useWords(WORDS);
  const hub = useHub();
  const [putAway, put] = usePutAway(useOwner());
  useNowMs();
  const [first, ...others] = standing(said, putAway, hub.clock.nowMs());
  const isSettled = useIsSettled(first === undefined ? "" : keyOf(first));
  return (
    <div data-settled={isSettled}>
      {first !== undefined && (
        <div className="standing" data-kind={first.type}>
          <p className="standing__words" role="alert">
            <strong>{first.title}</strong> <span>{first.message}</span>{" "}
            <time dateTime={first.timestamp}>{timeOfDay(Date.parse(first.timestamp))}</time>
          </p>
          {others.length > 0 && (
            <span className="standing__more">{say("standing.more", { count: others.length })}</span>
          )}
          <button type="button" className="button" onClick={() => put(first, said)}>
            {say("standing.putAway")}
          </button>
        </div>
      )}
    </div>
  );
}

/** Whether the same has stood here for a moment: what it pushed down, or let up, was not meant by any finger before. */
function useIsSettled(shown: string): boolean {
  const [settled, setSettled] = useState(shown);
  const isSettled = settled === shown;
  useEffect(() => {
    if (isSettled) return;
    const settling = setTimeout(() => setSettled(shown), SETTLED_MS_MIN);
    return () => clearTimeout(settling);
  }, [isSettled, shown]);
  return isSettled;
}

/** Everything that was announced in these rooms lately, in no order. */
function useAnnounced(rooms: readonly string[]): readonly Notice[] {
  const boards = useBoards(rooms, BOARDS.announcements);
  return useMemo(() => boards.flatMap((board) => board.announcements), [boards]);
}

/** Announcements are heard in a room for everybody, and in one for each role. Whoever has an account is a customer. */
function roomsOf(own: UserBoard | null, screen: ScreenName | null): readonly string[] {
  const roles = new Set<Role>(["customer", ...Object.values(own?.roles ?? {}).flat()]);
  // Nobody else is let in there.
  if (screen === "ops") roles.add("admin");
  return ["announcements", ...[...roles].sort().map((role) => `announcements:${role}`)];
}

/** What this person has put away on this device. */
function usePutAway(owner: string): readonly [ReadonlySet<string>, (one: Notice, said: readonly Notice[]) => void] {
  const name = `brigade.putAway.${owner}`;
  const [putAway, setPutAway] = useState(() => kept(name));
  const put = useCallback(
    (one: Notice, said: readonly Notice[]) => {
      // What no room shows any more need not be remembered.
      const still = said.map(keyOf).filter((key) => putAway.has(key) || key === keyOf(one));
      local.setItem(name, JSON.stringify(still));
      setPutAway(new Set(still));
    },
    [name, putAway],
  );
  return [putAway, put];
}

function kept(name: string): ReadonlySet<string> {
  try {
    const keys: unknown = JSON.parse(local.getItem(name) ?? "[]");
    return new Set(Array.isArray(keys) ? keys.map(String) : []);
  } catch {
    return new Set();
  }
}
