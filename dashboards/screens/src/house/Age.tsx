/** How old a screen is, in words and colour; and the board below it, grey as soon as it may be wrong. */

import type { ReactNode } from "react";

import { type Freshness, isStale } from "../hub/index.ts";
import { useAsked, useSpeed } from "./Connected.tsx";
import { timeOfDay, useWords } from "./language.ts";
import { WORDS } from "./words.ts";

export function Age({ freshness }: { readonly freshness: Freshness }) {
  const say = useWords(WORDS);
  const speed = useSpeed();
  const waiting = useAsked().filter((one) => one.isHeldUp);
  const [first] = waiting;
  return (
    <p className="age" data-state={freshness.state}>
      <span className="age__light" aria-hidden="true" />
      <span role="status">{inWords(say, freshness)}</span>
      {first !== undefined && (
        <strong className="age__waiting">
          {say("waiting", { count: waiting.length, time: timeOfDay(first.askedAtMs) })}
        </strong>
      )}
      {waiting.some((one) => one.keeping === "page_only") && (
        <strong className="age__risk" role="alert">
          {say("waiting.pageOnly")}
        </strong>
      )}
      {speed > 1 && <span className="age__simulated">{say("simulated", { speed })}</span>}
    </p>
  );
}

type SayHouse = ReturnType<typeof useWords<keyof (typeof WORDS)["en"]>>;

function inWords(say: SayHouse, freshness: Freshness): string {
  switch (freshness.state) {
    case "behind":
      return say("fresh.behind", { seconds: freshness.seconds });
    case "offline":
      return say("fresh.offline", { time: timeOfDay(freshness.sinceMs) });
    default:
      return say(`fresh.${freshness.state}`);
  }
}

/** What a room shows. Grey when stale, with a sentence across it, and still readable. */
export function Glass({ freshness, children }: { readonly freshness: Freshness; readonly children: ReactNode }) {
  const say = useWords(WORDS);
  const stale = isStale(freshness);
  return (
    <div className="glass" data-stale={stale} aria-busy={freshness.state === "opening"}>
      {stale && (
        <p className="glass__stale" role="alert">
          {say("fresh.stale")}
        </p>
      )}
      {children}
    </div>
  );
}
