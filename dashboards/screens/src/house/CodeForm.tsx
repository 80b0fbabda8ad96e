/** Asking for a second factor's code at signing in, and the field for it that other forms have, too. */

import { type ReactNode, type SyntheticEvent, useId, useState } from "react";

import { ENTERING } from "./entering/words.ts";
import { useWords } from "./language.ts";
import { WORDS } from "./words.ts";

/** As long as the hub takes it, and as short. */
const [CODE_LENGTH_MIN, CODE_LENGTH_MAX] = [6, 40];

interface CodeFormProps {
  readonly isBusy: boolean;
  readonly onCode: (code: string) => void;
  readonly onBack: () => void;
}

export function CodeForm({ isBusy, onCode, onBack }: CodeFormProps) {
  const say = useWords(ENTERING);
  const sayHouse = useWords(WORDS);
  const heading = useId();
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    onCode(String(new FormData(form).get("code")));
    // A code is good once: after a no it is another one that is typed.
    form.reset();
    form.querySelector("input")?.focus();
  };
  return (
    <form onSubmit={submit} aria-labelledby={heading}>
      <h2 id={heading}>{say("code.title")}</h2>
      <CodeField hasFocus>
        <button type="submit" className="button button--main" disabled={isBusy}>
          {isBusy ? say("signingIn") : sayHouse("signIn")}
        </button>
      </CodeField>
      <button type="button" className="button button--quiet" disabled={isBusy} onClick={onBack}>
        {say("code.back")}
      </button>
    </form>
  );
}

interface CodeFieldProps {
  readonly hasFocus?: boolean;
  /** What stands between the field and the way to the other kind of code. */
  readonly children?: ReactNode;
}

/** Takes what a telephone shows, with a keyboard of digits; or, when that is said, a recovery code. */
export function CodeField({ hasFocus = false, children }: CodeFieldProps) {
  const say = useWords(ENTERING);
  const [isRecovery, setRecovery] = useState(false);
  return (
    <>
      <label>
        {say(isRecovery ? "code.recovery" : "code.telephone")}
        <input
          key={String(isRecovery)}
          name="code"
          inputMode={isRecovery ? "text" : "numeric"}
          autoComplete={isRecovery ? "off" : "one-time-code"}
          autoCapitalize="none"
          spellCheck={false}
          minLength={CODE_LENGTH_MIN}
          maxLength={CODE_LENGTH_MAX}
          autoFocus={hasFocus || isRecovery}
          required
        />
      </label>
      {children}
      <button type="button" className="button button--quiet" onClick={() => setRecovery(!isRecovery)}>
        {say(isRecovery ? "code.byTelephone" : "code.byRecovery")}
      </button>
    </>
  );
}
