/** A guest's room on the page: opening, shown, or given up; and how sure one may be of what is shown. */

import { type ReactNode, useEffect } from "react";

import { useFreshness, useRoom } from "../house/Connected.tsx";
import { timeOfDay, useWords } from "../house/language.ts";
import { type BoardKind, type Freshness, isStale, type Refusal } from "../hub/index.ts";
import { WORDS } from "./words.ts";

export interface PageProps {
  readonly room: string;
  readonly onRefused: (refusal: Refusal) => void;
}

interface WatchedProps<B> extends PageProps {
  readonly kind: BoardKind<B>;
  readonly children: (board: B) => ReactNode;
}

export function Watched<B>({ room, kind, onRefused, children }: WatchedProps<B>) {
  const now = useRoom(room, kind);
  const freshness = useFreshness(now);
  const { refusal } = now;
  useEffect(() => {
    if (refusal !== null) onRefused(refusal);
  }, [refusal, onRefused]);
  return (
    <main className="track__main" data-stale={isStale(freshness)}>
      {now.board !== null && children(now.board)}
      <HowFresh freshness={freshness} />
    </main>
  );
}

/** How old the page is, as one would say it to a guest. */
function HowFresh({ freshness }: { readonly freshness: Freshness }) {
  const say = useWords(WORDS);
  return (
    <p className="fresh" data-state={freshness.state} role="status">
      <span className="fresh__light" aria-hidden="true" />
      {inWords(say, freshness)}
    </p>
  );
}

function inWords(say: ReturnType<typeof useWords<keyof (typeof WORDS)["en"]>>, freshness: Freshness): string {
  const nowMs = Date.now();
  switch (freshness.state) {
    case "behind":
      return say("fresh.behind", { time: timeOfDay(nowMs - freshness.seconds * 1_000) });
    case "offline":
      return say("fresh.offline", { time: timeOfDay(freshness.sinceMs) });
    default:
      return say(`fresh.${freshness.state}`);
  }
}
