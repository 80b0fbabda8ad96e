/** A new secret on its way into a telephone: as a square and as letters; it is on once its first code was typed. */

import type { SyntheticEvent } from "react";

import type { Enrolment, RecoveryCodes } from "../../hub/index.ts";
import { post } from "../api.ts";
import { useToken } from "../Connected.tsx";
import { useWords } from "../language.ts";
import { Square } from "../Square.tsx";
import { inFours } from "./codes.ts";
import { FormEnd } from "./FormEnd.tsx";
import { useComesInSight } from "./useComesInSight.ts";
import { useAsking } from "./useAsking.ts";
import { WORDS } from "./words.ts";

interface EnrollingProps {
  readonly enrolment: Enrolment;
  readonly onCodes: (codes: RecoveryCodes) => void;
  readonly onClose: () => void;
}

export function Enrolling({ enrolment: { secret, uri }, onCodes, onClose }: EnrollingProps) {
  const say = useWords(WORDS);
  const here = useComesInSight<HTMLFormElement>();
  const token = useToken();
  const { isBusy, trouble, tries } = useAsking();
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code"));
    void tries(() => post<RecoveryCodes>("/me/totp/confirm", { code }, token)).then((codes) => codes && onCodes(codes));
  };
  return (
    <form ref={here} className="account__form" tabIndex={-1} onSubmit={submit}>
      <p>{say("enrol.read")}</p>
      <Square text={uri} label={say("enrol.square")} />
      <p>{say("enrol.type")}</p>
      <p>
        <code className="account__secret">{inFours(secret)}</code>
      </p>
      <label>
        {say("enrol.code")}
        <input
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="\s*(\d\s*){6}"
          title={say("enrol.digits")}
          required
        />
      </label>
      <FormEnd trouble={trouble} isBusy={isBusy} deed={say("telephone.begin")} onClose={onClose} />
    </form>
  );
}
