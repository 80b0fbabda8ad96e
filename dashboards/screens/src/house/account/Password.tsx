/** Choosing another password, with the one until now, and a code where one is asked for. */

import type { SyntheticEvent } from "react";

import type { PasswordChanged } from "../../hub/index.ts";
import { put } from "../api.ts";
import { CodeField } from "../CodeForm.tsx";
import { useToken } from "../Connected.tsx";
import { useWords } from "../language.ts";
import { useTell } from "../Notices.tsx";
import { Trouble } from "./Trouble.tsx";
import { useAsking } from "./useAsking.ts";
import { WORDS } from "./words.ts";

/** The shortest that the hub takes of anybody. */
const PASSWORD_LENGTH_MIN = 8;

interface PasswordProps {
  readonly email: string;
  readonly isCodeOn: boolean;
}

export function Password({ email, isCodeOn }: PasswordProps) {
  const say = useWords(WORDS);
  const token = useToken();
  const tell = useTell();
  const { isBusy, trouble, tries } = useAsking();
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const said = new FormData(form);
    const proven = isCodeOn ? { code: String(said.get("code")) } : {};
    const change = { current: String(said.get("current")), new: String(said.get("new")), ...proven };
    void tries(() => put<PasswordChanged>("/me/password", change, token)).then((answer) => {
      if (answer === undefined) return;
      form.reset();
      tell({ text: say("password.changed", { count: answer.sessionIds.length }) });
    });
  };
  return (
    <form className="account__form" onSubmit={submit}>
      <p>{say("password.what")}</p>
      {/* For whatever keeps passwords: whose it is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <label>
        {say("password.current")}
        <input name="current" type="password" autoComplete="current-password" required />
      </label>
      <label>
        {say("password.new")}
        <input name="new" type="password" autoComplete="new-password" minLength={PASSWORD_LENGTH_MIN} required />
      </label>
      {isCodeOn && <CodeField />}
      <Trouble text={trouble} />
      <button type="submit" className="button" disabled={isBusy}>
        {say("password.change")}
      </button>
    </form>
  );
}
