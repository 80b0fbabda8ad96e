/**
 * Asking for an account: a name, an address and a password, and then a letter, which says what happens next. Whoever has
 * an account already hears the same here, and is told so by the letter.
 */

import { type SyntheticEvent, useId, useState } from "react";

import { asking } from "../house/api.ts";
import { useLanguage, useWords } from "../house/language.ts";
import { useTrying } from "../house/trying.ts";
import { WORDS as HOUSE_WORDS } from "../house/words.ts";
import { registerAccount, writeAgain } from "../hub/index.ts";
import { WORDS } from "./words.ts";

/** As the hub takes them. */
const [NAME_LENGTH_MAX, PASSWORD_LENGTH_MIN] = [120, 8];

/** Whose letter is on its way. */
interface Asked {
  readonly email: string;
  readonly registrationId: string;
}

export function Registering({ onDone }: { readonly onDone: () => void }) {
  const say = useWords(WORDS);
  const heading = useId();
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <section className="pulse pulse--closed" aria-labelledby={heading}>
      <h2 id={heading}>{say("register")}</h2>
      {asked === null ? <Form onAsked={setAsked} onDone={onDone} /> : <OnItsWay asked={asked} onDone={onDone} />}
    </section>
  );
}

function Form({ onAsked, onDone }: { readonly onAsked: (asked: Asked) => void; readonly onDone: () => void }) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const language = useLanguage();
  const { isBusy, trouble, tries } = useTrying(() => null);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const [name, email] = [String(said.get("name")).trim(), String(said.get("email")).trim()];
    const wanted = { name, email, password: String(said.get("password")), language };
    void tries(() => registerAccount(asking(), wanted)).then((made) => made && onAsked({ email, ...made }));
  };
  return (
    <div className="signin">
      {trouble !== null && (
        <p className="signin__trouble" role="alert">
          {trouble}
        </p>
      )}
      <p>{say("register.what")}</p>
      <form onSubmit={submit}>
        <label>
          {say("register.name")}
          <input name="name" autoComplete="name" minLength={2} maxLength={NAME_LENGTH_MAX} required />
        </label>
        <label>
          {sayHouse("email")}
          <input name="email" type="email" autoComplete="username" required />
        </label>
        <label>
          {sayHouse("password")}
          <input
            name="password"
            type="password"
            autoComplete="new-password"
            minLength={PASSWORD_LENGTH_MIN}
            aria-describedby="register-password"
            required
          />
        </label>
        <p id="register-password">{say("register.password")}</p>
        <button type="submit" className="button button--main" disabled={isBusy}>
          {say("register.do")}
        </button>
        <button type="button" className="button button--quiet" disabled={isBusy} onClick={onDone}>
          {say("letter.notNow")}
        </button>
      </form>
    </div>
  );
}

function OnItsWay({ asked, onDone }: { readonly asked: Asked; readonly onDone: () => void }) {
  const say = useWords(WORDS);
  const { isBusy, trouble, tries } = useTrying(() => null);
  const [isAgain, setAgain] = useState(false);
  const again = (): void =>
    void tries(() => writeAgain(asking(), { registrationId: asked.registrationId })).then((sent) =>
      setAgain(sent !== undefined),
    );
  return (
    <div className="signin">
      {trouble !== null && (
        <p className="signin__trouble" role="alert">
          {trouble}
        </p>
      )}
      <p role="status">{say(isAgain ? "register.again.done" : "register.done", { email: asked.email })}</p>
      <button type="button" className="button button--main" onClick={onDone}>
        {say("letter.goOn")}
      </button>
      <button type="button" className="button" disabled={isBusy} onClick={again}>
        {say("register.again")}
      </button>
    </div>
  );
}
