/** The last facts as a docket that is printed while one watches, and what its numbers prove. */

import { memo, useState } from "react";

import { useSpeed } from "../house/Connected.tsx";
import { stopwatch, useWords } from "../house/language.ts";
import type { Say } from "../house/language.ts";
import type { Fact, FactPlace } from "./facts.ts";
import { type FrontWord, WORDS } from "./words.ts";

const LINES_MAX = 12;

interface DocketProps {
  readonly facts: readonly Fact[];
  readonly seq: number;
  readonly gaps: number;
  /** Whether nothing can have been stated since without being here. */
  readonly isLive: boolean;
}

export function Docket({ facts, seq, gaps, isLive }: DocketProps) {
  const say = useWords(WORDS);
  const [held, setHeld] = useState<readonly Fact[] | null>(null);
  const shown = (held ?? facts).slice(-LINES_MAX).reverse();
  return (
    <div className="docket">
      <div className="docket__head">
        <h3>{say("lastFacts")}</h3>
        <button
          type="button"
          className="button docket__hold"
          aria-pressed={held !== null}
          onClick={() => setHeld(held === null ? facts : null)}
        >
          {say("hold")}
        </button>
      </div>
      <ol className="docket__facts" reversed>
        {shown.map((fact) => (
          <Line key={fact.seq} fact={fact} />
        ))}
      </ol>
      <p className="docket__proof">
        {seq === 0 ? (
          say("opening")
        ) : (
          <>
            <strong>{say("entry", { seq })}</strong> {isLive ? say("missed", { gaps }) : say("unheard")}
          </>
        )}
      </p>
    </div>
  );
}

const Line = memo(function Line({ fact }: { readonly fact: Fact }) {
  const say = useWords(WORDS);
  const speed = useSpeed();
  return (
    <li className="docket__fact" value={fact.seq}>
      <span className="docket__seq">{say("number", { count: fact.seq })}</span>
      <span>{sentence(say, fact, speed)}</span>
    </li>
  );
});

function sentence(say: Say<FrontWord>, { event, place, said, tookSeconds }: Fact, speed: number): string {
  const where = place === null ? "" : whereIs(say, place);
  const took = tookSeconds === null ? "" : stopwatch(tookSeconds * speed);
  const key = `fact.${event}`;
  return isWord(key) ? say(key, { ...said, where, took }) : say("fact.other");
}

function whereIs(say: Say<FrontWord>, place: FactPlace): string {
  switch (place.kind) {
    case "table":
      return say("where.table", { table: place.table });
    case "unknown":
      return say("where.unknown");
    default:
      return say(`where.${place.kind}`, { number: place.number, name: place.name });
  }
}

function isWord(key: string): key is FrontWord {
  return key in WORDS.en;
}
