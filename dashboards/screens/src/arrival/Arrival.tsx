/**
 * Where somebody is who comes back from a provider: for a moment, on the way to the screen they wanted; or told why
 * they are not let in, and how they are.
 */

import { useEffect, useState } from "react";

import { LanguageChoice } from "../house/LanguageChoice.tsx";
import { useWords } from "../house/language.ts";
import { refused, refusedIn, WORDS as HOUSE_WORDS } from "../house/words.ts";
import { Refusal } from "../hub/index.ts";
import type { Arriving } from "./arrive.ts";
import { WORDS } from "./words.ts";

export function Arrival({ arriving }: { readonly arriving: Arriving }) {
  const say = useWords(WORDS);
  const { provider, back, isLinking } = arriving;
  const { isDone, refusal } = useFinish(arriving);
  const title = provider === null ? say("title.nobody") : say("title", { provider });
  useEffect(() => {
    document.title = `${title} · Brigade`;
  }, [title]);
  return (
    <main className="door">
      <header className="door__head">
        <h1>{title}</h1>
        <LanguageChoice />
      </header>
      {!isDone && refusal === null && <p role="status">{say("finishing")}</p>}
      {isDone && isLinking && <p role="status">{say("linked", { provider: provider ?? "" })}</p>}
      {refusal !== null && <Trouble refusal={refusal} />}
      {((isDone && isLinking) || refusal !== null) && (
        <a className="button button--main" href={back}>
          {say(isLinking ? "goOn" : "backToSignIn")}
        </a>
      )}
    </main>
  );
}

function Trouble({ refusal }: { readonly refusal: Refusal }) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  return (
    <p className="signin__trouble" role="alert">
      {refusedIn(WORDS, say, refusal) ?? refused(sayHouse, refusal)}
    </p>
  );
}

interface Finished {
  readonly isDone: boolean;
  readonly refusal: Refusal | null;
}

/** What has come of it. Whoever is let in goes on by themselves. */
function useFinish({ finishing, isLinking, back }: Arriving): Finished {
  const [finished, setFinished] = useState<Finished>({ isDone: false, refusal: null });
  useEffect(() => {
    finishing.then(
      () => {
        setFinished({ isDone: true, refusal: null });
        // Not to be gone back to: what stood in its address is used up.
        if (!isLinking) location.replace(back);
      },
      (why: unknown) => setFinished({ isDone: false, refusal: why instanceof Refusal ? why : notUnderstood(why) }),
    );
  }, [finishing, isLinking, back]);
  return finished;
}

function notUnderstood(why: unknown): Refusal {
  return new Refusal({ code: "unreadable", message: String(why), retry: false });
}
