/** Ending one's account: what that means, and then with all that one signs in with, for it cannot be taken back. */

import { type SyntheticEvent, useState } from "react";

import type { AccountDeleted } from "../../hub/index.ts";
import { remove } from "../api.ts";
import { CodeField } from "../CodeForm.tsx";
import { useToken } from "../Connected.tsx";
import { useWords } from "../language.ts";
import { useTell } from "../Notices.tsx";
import { FormEnd } from "./FormEnd.tsx";
import { useAsking } from "./useAsking.ts";
import { WORDS } from "./words.ts";

export function Farewell({ isCodeOn }: { readonly isCodeOn: boolean }) {
  const say = useWords(WORDS);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <p>{say("farewell.what")}</p>
      {isOpen ? (
        <Leave isCodeOn={isCodeOn} onClose={() => setOpen(false)} />
      ) : (
        <div className="account__deeds">
          <button type="button" className="button" onClick={() => setOpen(true)}>
            {say("farewell.begin")}
          </button>
        </div>
      )}
    </>
  );
}

function Leave({ isCodeOn, onClose }: { readonly isCodeOn: boolean; readonly onClose: () => void }) {
  const say = useWords(WORDS);
  const token = useToken();
  const tell = useTell();
  const { isBusy, trouble, tries } = useAsking();
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const proof = { password: String(said.get("password")), ...(isCodeOn && { code: String(said.get("code")) }) };
    void tries(() => remove<AccountDeleted>("/me", token, proof)).then((gone) => {
      // The hub signs them out by itself, and says no more than that.
      if (gone !== undefined) tell({ text: say("farewell.done"), stays: true });
    });
  };
  return (
    <form className="account__form" onSubmit={submit}>
      <p>{say("farewell.password")}</p>
      <label>
        {say("telephone.password")}
        <input name="password" type="password" autoComplete="current-password" required autoFocus />
      </label>
      {isCodeOn && <CodeField />}
      <FormEnd trouble={trouble} isBusy={isBusy} deed={say("farewell.do")} isGrave onClose={onClose} />
    </form>
  );
}
