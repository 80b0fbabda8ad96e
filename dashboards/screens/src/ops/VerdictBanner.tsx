/**
 * The one sentence that an operator must see within two seconds, and below it what else is wrong.
 *
 * Its seconds count on in sight only: it is read aloud when troubles come or go, not every second. Not its business:
 * what counts as trouble (`verdict.ts`).
 */

import { useState } from "react";

import { type Say, useWords } from "../house/language.ts";
import { listed, nameOf } from "./shown.ts";
import { type Trouble, verdict } from "./verdict.ts";
import type { Watch } from "./watch.ts";
import { type OpsWord, WORDS } from "./words.ts";

interface VerdictProps {
  readonly watch: Watch;
  readonly isConnected: boolean;
  readonly names: ReadonlyMap<string, string>;
  readonly nowMs: number;
}

const SIGNS = { good: "✓", warn: "!", bad: "✕" } as const;

export function VerdictBanner({ watch, isConnected, names, nowMs }: VerdictProps) {
  const say = useWords(WORDS);
  const { level, troubles, hubs, sockets } = verdict(watch, isConnected, nowMs);
  const [first, ...others] = troubles.map((one) => ({ ...one, text: sentence(say, one, names) }));
  const text = first?.text ?? say("well", { hubs, sockets });
  const spoken = useSpoken(troubles.map(said).join(";"), `${say(`level.${level}`)}. ${text}`);
  return (
    <section className="verdict" data-level={level} aria-label={say(`level.${level}`)}>
      <span className="verdict__sign" aria-hidden="true">
        {SIGNS[level]}
      </span>
      <div className="verdict__words">
        {level !== "good" && <p className="verdict__level">{say(`level.${level}`)}</p>}
        <h2>{text}</h2>
        {others.length > 0 && (
          <ul aria-label={say("alsoWrong")}>
            {others.map((one) => (
              <li key={`${one.level} ${one.kind}`} data-level={one.level}>
                {one.text}
              </li>
            ))}
          </ul>
        )}
      </div>
      <p className="unseen" role="status">
        {spoken}
      </p>
    </section>
  );
}

/** What makes a trouble another one than before: not its figure. */
function said({ level, kind, hubs }: Trouble): string {
  return [level, kind, ...hubs].join(" ");
}

/** This text as it was when it became about something else. */
function useSpoken(about: string, text: string): string {
  const [spoken, setSpoken] = useState({ about, text });
  if (spoken.about !== about) setSpoken({ about, text });
  return spoken.about === about ? spoken.text : text;
}

function sentence(say: Say<OpsWord>, { kind, hubs, figure }: Trouble, names: ReadonlyMap<string, string>): string {
  const called = listed(
    namedAtMost(
      say,
      hubs.map((one) => nameOf(names, one)),
    ),
  );
  return say(`trouble.${kind}`, { hubs: called, count: hubs.length, figure });
}

const NAMED_MAX = 4;

/** These names, or the first of them and how many there are besides. */
function namedAtMost(say: Say<OpsWord>, names: readonly string[]): readonly string[] {
  if (names.length <= NAMED_MAX) return names;
  return [...names.slice(0, NAMED_MAX - 1), say("others", { count: names.length - NAMED_MAX + 1 })];
}
