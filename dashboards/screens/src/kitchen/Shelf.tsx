/**
 * The shelf below the rail: what is off, what was bumped, undoing the last bump, and what hangs out of sight.
 *
 * It is always there and always as high, so that nothing above it moves when it has something to say.
 */

import { useSyncExternalStore } from "react";

import { useAgeSeconds } from "../house/Connected.tsx";
import { stopwatch, useWords } from "../house/language.ts";
import type { TicketCard } from "../hub/index.ts";
import type { Acts } from "./Acts.tsx";
import { oldest, unseenVoids } from "./cards.ts";
import { BackIcon, OnIcon, UndoIcon } from "./icons.tsx";
import { marksOf, SEEN } from "./marks.ts";
import type { StockedItem } from "./menu.ts";
import type { Sight } from "./sight.ts";
import { longTitleOf } from "./titles.ts";
import { WORDS } from "./words.ts";

/** What may lie over the rail. */
export type Sheet = "help" | "tray" | "menu" | "allDay" | "stations";

interface ShelfProps {
  readonly acts: Acts;
  readonly justBumped: TicketCard | null;
  /** Whether that bump waits to be sent. */
  readonly isBumpWaiting: boolean;
  readonly bumpedCount: number;
  /** How many in the tray lie there for this screen alone: the hub has not heard of it. */
  readonly unsentCount: number;
  readonly short: readonly StockedItem[];
  /** How many items are off; null as long as nobody has said. */
  readonly offCount: number | null;
  readonly isBeside: boolean;
  readonly sight: Sight;
  /** The tickets that hang out of sight, on either side. */
  readonly before: readonly TicketCard[];
  readonly after: readonly TicketCard[];
  readonly onTurn: (by: 1 | -1) => void;
  readonly onAllDay: () => void;
  readonly onSheet: (sheet: Sheet) => void;
}

export function Shelf({ acts, justBumped, bumpedCount, short, offCount, isBeside, ...shown }: ShelfProps) {
  const { sight, before, after, isBumpWaiting, unsentCount, ...does } = shown;
  const say = useWords(WORDS);
  const off = short.filter((one) => one.isOff).map((one) => one.name);
  return (
    <footer className="shelf" aria-label={say("shelf")}>
      <div className="shelf__left">
        <button type="button" className="button" aria-pressed={isBeside} onClick={does.onAllDay}>
          {say("allDay")}
        </button>
        <button
          type="button"
          className="button shelf__off"
          data-some={offCount !== null && offCount > 0}
          onClick={() => does.onSheet("menu")}
        >
          <span>{offCount === null ? say("menuTitle") : say("offCount", { count: offCount })}</span>
          {off.length > 0 && <span className="shelf__names">{off.join(", ")}</span>}
        </button>
        <button type="button" className="button" onClick={() => does.onSheet("tray")}>
          <UndoIcon />
          <span className="shelf__tray">
            {say("trayCount", { count: bumpedCount })}{" "}
            {unsentCount > 0 && <span className="shelf__unsent">{say("unsentCount", { count: unsentCount })}</span>}
          </span>
        </button>
      </div>
      <div className="shelf__undo" role="status">
        {justBumped !== null && (
          <>
            <span>{say(isBumpWaiting ? "bumpWaits" : "bumped", { title: longTitleOf(say, justBumped) })}</span>
            <button type="button" className="button button--main" onClick={() => void acts.undo()}>
              <UndoIcon />
              {say("undo")}
            </button>
          </>
        )}
      </div>
      <nav className="shelf__pages" aria-label={say("outOfSight")}>
        {sight.before > 0 && <Page tickets={before} cards={sight.before} by={-1} onTurn={does.onTurn} />}
        {sight.after > 0 && <Page tickets={after} cards={sight.after} by={1} onTurn={does.onTurn} />}
      </nav>
    </footer>
  );
}

interface PageProps {
  readonly tickets: readonly TicketCard[];
  readonly cards: number;
  readonly by: 1 | -1;
  readonly onTurn: (by: 1 | -1) => void;
}

/** How many hang there, and how old the oldest of them is. */
function Page({ tickets, cards, by, onTurn }: PageProps) {
  const say = useWords(WORDS);
  const ageSeconds = useAgeSeconds();
  const marked = useSyncExternalStore(SEEN.listen, SEEN.now);
  const voids = unseenVoids(tickets, (ticketId) => marksOf(marked, ticketId));
  const worst = oldest(tickets);
  return (
    <button type="button" className="button shelf__page" onClick={() => onTurn(by)}>
      {by < 0 && <BackIcon />}
      <span>
        <strong>
          {say(by < 0 ? "moreBefore" : "moreAfter", { count: cards })}
          {voids > 0 && <span className="shelf__voids"> {say("voidCount", { count: voids })}</span>}
        </strong>
        {worst !== null && <span>{say("oldest", { age: stopwatch(ageSeconds(worst.firedAt)) })}</span>}
      </span>
      {by > 0 && <OnIcon />}
    </button>
  );
}
