/** How one is called, reached and spoken to. */

import type { SyntheticEvent } from "react";

import type { Language, Me, ProfileAnswer } from "../../hub/index.ts";
import { patch } from "../api.ts";
import { useToken } from "../Connected.tsx";
import { LANGUAGES, speak, useWords } from "../language.ts";
import { useTell } from "../Notices.tsx";
import { changeOf } from "./profile.ts";
import { Trouble } from "./Trouble.tsx";
import { useAsking } from "./useAsking.ts";
import { WORDS } from "./words.ts";

/** As long as the hub takes them, and as short. */
const [NAME_LENGTH_MIN, NAME_LENGTH_MAX] = [2, 50];
const PHONE_LENGTH_MAX = 40;

interface ProfileProps {
  readonly me: Me;
  readonly onChange: () => void;
}

export function Profile({ me, onChange }: ProfileProps) {
  const say = useWords(WORDS);
  const token = useToken();
  const tell = useTell();
  const { isBusy, trouble, tries } = useAsking();
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const language = String(said.get("language")) as Language;
    const change = changeOf(me, { name: String(said.get("name")), phone: String(said.get("phone")), language });
    if (change === null) return tell({ text: say("saved") });
    void tries(() => patch<ProfileAnswer>("/me", change, token)).then((answer) => {
      if (answer === undefined) return;
      if (change.language) speak(change.language);
      tell({ text: say("saved") });
      onChange();
    });
  };
  return (
    <form className="account__form" onSubmit={submit}>
      <p>{me.email}</p>
      <label>
        {say("name")}
        <input
          name="name"
          defaultValue={me.name ?? ""}
          minLength={NAME_LENGTH_MIN}
          maxLength={NAME_LENGTH_MAX}
          autoComplete="name"
          required
        />
      </label>
      <label>
        {say("phone")}
        <input
          name="phone"
          type="tel"
          defaultValue={me.phone ?? ""}
          placeholder="+44 20 7946 0958"
          maxLength={PHONE_LENGTH_MAX}
          autoComplete="tel"
        />
      </label>
      <label>
        {say("language")}
        <select name="language" defaultValue={me.language ?? undefined}>
          {Object.entries(LANGUAGES).map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Trouble text={trouble} />
      <button type="submit" className="button" disabled={isBusy}>
        {say("save")}
      </button>
    </form>
  );
}
