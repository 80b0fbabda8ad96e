/** A key itself, shown this once: read, copied, and gone when this is closed. */

import { useRef, useState } from "react";

import { Dialog } from "../house/Dialog.tsx";
import { useWords } from "../house/language.ts";
import type { KeyAnswer } from "../hub/index.ts";
import { WORDS } from "./words.ts";

interface SecretProps {
  readonly made: KeyAnswer;
  readonly onClose: () => void;
}

export function Secret({ made, onClose }: SecretProps) {
  const say = useWords(WORDS);
  const field = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<"copied" | "copyByHand" | null>(null);
  const copy = (): void => {
    field.current?.select();
    // A browser gives the clipboard only to addresses that it trusts.
    const copying = made.key === null ? undefined : navigator.clipboard?.writeText(made.key);
    if (copying === undefined) setOutcome("copyByHand");
    else
      copying.then(
        () => setOutcome("copied"),
        () => setOutcome("copyByHand"),
      );
  };
  return (
    <Dialog title={say("secret", { name: made.name })} onClose={onClose}>
      <div className="secret">
        <p className="secret__once">{say("secret.once")}</p>
        <label>
          {say("secret.key")}
          <input
            ref={field}
            className="secret__key"
            readOnly
            value={made.key ?? ""}
            onFocus={(event) => event.target.select()}
            spellCheck={false}
          />
        </label>
        <div className="keys__deeds">
          <button type="button" className="button button--main" onClick={copy}>
            {say("secret.copy")}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {say("secret.close")}
          </button>
        </div>
        <p role="status">{outcome !== null && say(`secret.${outcome}`)}</p>
      </div>
    </Dialog>
  );
}
