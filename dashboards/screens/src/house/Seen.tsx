/** What a look has found; until then, or where it has found nothing, a sentence about that. */

import type { ReactNode } from "react";

import { useWords } from "./language.ts";
import type { Look } from "./looking.ts";
import { refused, WORDS } from "./words.ts";

interface SeenProps<T> {
  readonly look: Look<T>;
  readonly children: (seen: T) => ReactNode;
}

export function Seen<T>({ look: { seen, refusal, again }, children }: SeenProps<T>) {
  const say = useWords(WORDS);
  return (
    <>
      {refusal !== null && (
        <p className="trouble" role="alert">
          {refused(say, refusal)}
          <button type="button" className="button" onClick={again}>
            {say("look.again")}
          </button>
        </p>
      )}
      {seen !== null && children(seen)}
      {seen === null && refusal === null && <p role="status">{say("look.asking")}</p>}
    </>
  );
}
