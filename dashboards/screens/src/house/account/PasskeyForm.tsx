/** Adding a passkey: how it is called, one's password and a code once more, and then the device is asked. */

import type { SyntheticEvent } from "react";

import type { Passkey } from "../../hub/index.ts";
import { CodeField } from "../CodeForm.tsx";
import { useToken } from "../Connected.tsx";
import { useWords } from "../language.ts";
import { addPasskey, systemIn } from "../passkeys/passkeys.ts";
import { useTryingPasskey } from "../passkeys/useTryingPasskey.ts";
import { FormEnd } from "./FormEnd.tsx";
import { useRefusedWords } from "./useAsking.ts";
import { WORDS } from "./words.ts";

/** The longest that the hub takes. */
const NAME_LENGTH_MAX = 60;

interface PasskeyFormProps {
  readonly isCodeOn: boolean;
  readonly onAdded: (passkey: Passkey) => void;
  readonly onClose: () => void;
}

export function PasskeyForm({ isCodeOn, onAdded, onClose }: PasskeyFormProps) {
  const say = useWords(WORDS);
  const token = useToken();
  const { isBusy, trouble, tries } = useTryingPasskey(useRefusedWords());
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const code = isCodeOn ? { code: String(said.get("code")) } : {};
    const proven = { password: String(said.get("password")), ...code };
    void tries(() => addPasskey(String(said.get("name")), proven, token)).then((added) => {
      if (added !== undefined) onAdded(added);
    });
  };
  return (
    <form className="account__form" onSubmit={submit}>
      <p>{say("passkeys.add.what")}</p>
      <label>
        {say("passkeys.name")}
        <input
          name="name"
          autoComplete="off"
          maxLength={NAME_LENGTH_MAX}
          defaultValue={systemIn(navigator.userAgent) ?? ""}
          required
        />
      </label>
      <label>
        {say("telephone.password")}
        <input name="password" type="password" autoComplete="current-password" required autoFocus />
      </label>
      {isCodeOn && <CodeField />}
      <FormEnd trouble={trouble} isBusy={isBusy} deed={say("goOn")} onClose={onClose} />
    </form>
  );
}
