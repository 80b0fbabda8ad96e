/**
 * What somebody came for with the link in a letter: to begin an account, or to choose a new password; and having a
 * letter sent for that. Nothing is done before a tap: programs that look at mail follow its links.
 */

import { type SyntheticEvent, useId, useState } from "react";

import { post } from "../house/api.ts";
import { useWords } from "../house/language.ts";
import { keepDeviceToken } from "../house/known.ts";
import { refused, WORDS as HOUSE_WORDS } from "../house/words.ts";
import { type LetterSent, type PasswordReset, Refusal, type Verified } from "../hub/index.ts";
import type { Letter as AnyLetter } from "./letter.ts";
import { WORDS } from "./words.ts";

/** An invitation is read before anything is asked for (`FromInvitation.tsx`). */
type Letter = Exclude<AnyLetter, { readonly kind: "invitation" }>;

interface FromLetterProps {
  readonly letter: Letter;
  /** There is nothing more to do here. */
  readonly onDone: () => void;
}

export function FromLetter({ letter, onDone }: FromLetterProps) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const heading = useId();
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isDone, setDone] = useState(false);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    setBusy(true);
    setTrouble(null);
    ask(letter, (name) => String(said.get(name)))
      .then(
        () => setDone(true),
        (no: unknown) => setTrouble(no instanceof Refusal ? refused(sayHouse, no) : String(no)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <section className="pulse pulse--closed" aria-labelledby={heading}>
      <h2 id={heading}>{say(`letter.${letter.kind}`)}</h2>
      {isDone ? (
        <>
          <p role="status">{say(`letter.${letter.kind}.done`)}</p>
          <button type="button" className="button button--main" onClick={onDone}>
            {say("letter.goOn")}
          </button>
          {letter.kind === "verify" && (
            <a className="button" href="/account">
              {sayHouse("account")}
            </a>
          )}
        </>
      ) : (
        <div className="signin">
          {trouble && (
            <p className="signin__trouble" role="alert">
              {trouble}
            </p>
          )}
          <p>{say(`letter.${letter.kind}.what`)}</p>
          <form onSubmit={submit}>
            {letter.kind === "forgot" && (
              <label>
                {sayHouse("email")}
                <input name="email" type="email" autoComplete="username" required />
              </label>
            )}
            {letter.kind === "reset" && (
              <label>
                {say("letter.newPassword")}
                <input name="password" type="password" autoComplete="new-password" minLength={8} required />
              </label>
            )}
            <button type="submit" className="button button--main" disabled={isBusy}>
              {say(`letter.${letter.kind}.do`)}
            </button>
            <button type="button" className="button button--quiet" disabled={isBusy} onClick={onDone}>
              {say("letter.notNow")}
            </button>
          </form>
        </div>
      )}
    </section>
  );
}

async function ask(letter: Letter, said: (name: string) => string): Promise<void> {
  switch (letter.kind) {
    case "verify":
      await post<Verified>("/auth/verify", { token: letter.token });
      return;
    case "forgot":
      await post<LetterSent>("/auth/forgot", { email: said("email") });
      return;
    case "reset": {
      const reset = await post<PasswordReset>("/auth/reset", { token: letter.token, password: said("password") });
      keepDeviceToken(reset.email, reset.deviceToken);
    }
  }
}
