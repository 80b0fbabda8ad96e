/** One's password once more, and a code where one is asked for: a tablet that is left signed in is not enough. */

import type { SyntheticEvent } from "react";

import { CodeField } from "../CodeForm.tsx";
import { useWords } from "../language.ts";
import { FormEnd } from "./FormEnd.tsx";
import { useAsking } from "./useAsking.ts";
import { WORDS } from "./words.ts";

export interface Proven {
  readonly password: string;
  readonly code: string;
}

interface ProofProps {
  readonly of: "begin" | "renew" | "off";
  /** Raises the Refusal that is to be said here. */
  readonly onProven: (proven: Proven) => Promise<void>;
  readonly onClose: () => void;
}

export function Proof({ of, onProven, onClose }: ProofProps) {
  const say = useWords(WORDS);
  const { isBusy, trouble, tries } = useAsking();
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    void tries(() => onProven({ password: String(said.get("password")), code: String(said.get("code") ?? "") }));
  };
  return (
    <form className="account__form" onSubmit={submit}>
      <p>{say(`telephone.${of}.what`)}</p>
      <label>
        {say("telephone.password")}
        <input name="password" type="password" autoComplete="current-password" required autoFocus />
      </label>
      {of !== "begin" && <CodeField />}
      <FormEnd
        trouble={trouble}
        isBusy={isBusy}
        deed={say(of === "begin" ? "goOn" : `telephone.${of}`)}
        isGrave={of === "off"}
        onClose={onClose}
      />
    </form>
  );
}
