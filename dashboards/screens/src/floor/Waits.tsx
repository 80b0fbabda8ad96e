/** What was asked about something and waits for the connection, with a way to take it back. */

import type { Asked } from "../hub/index.ts";
import { useAsked, useHub } from "../house/Connected.tsx";
import { useWords } from "../house/language.ts";
import { askedAbout, mayTakeBack, wordFor } from "./asking.ts";
import { WORDS } from "./words.ts";

interface WaitsProps {
  /** The things that it is about. */
  readonly ids: readonly string[];
}

export function Waits({ ids }: WaitsProps) {
  const say = useWords(WORDS);
  const { outbox } = useHub();
  const waiting = askedAbout(useAsked(), new Set(ids)).filter((one) => one.isHeldUp);
  if (waiting.length === 0) return null;
  return (
    <section className="waits" aria-label={say("waitsTitle")}>
      <p role="status">{say("waitsTitle")}</p>
      <ul>
        {waiting.map((one: Asked) => (
          <li key={one.commandId}>
            <span>{say(wordFor(one))}</span>
            {mayTakeBack(one) && (
              <button type="button" className="button" onClick={() => outbox.takeBack(one.commandId)}>
                {say("takeBack")}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
