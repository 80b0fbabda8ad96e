/** Making this device one of the house's kitchen tablets: a manager's code, and how the tablet is called. */

import { type SyntheticEvent, useState } from "react";

import { Refusal } from "../../hub/index.ts";
import { useWords } from "../language.ts";
import { enrollHere } from "../tablet.ts";
import { useRefused } from "./useRefused.ts";
import { WORDS } from "./words.ts";

interface EnrollFormProps {
  /** As the tablet was called before, if it was one. */
  readonly name: string;
  readonly onEnrolled: () => void;
}

const CODE_LENGTH_MAX = 16;
const NAME_LENGTH_MAX = 80;

export default function EnrollForm({ name, onEnrolled }: EnrollFormProps) {
  const say = useWords(WORDS);
  const inWords = useRefused();
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    setBusy(true);
    setTrouble(null);
    enrollHere(String(said.get("code")), String(said.get("name")))
      .then(onEnrolled, (no: unknown) => setTrouble(no instanceof Refusal ? inWords(no) : String(no)))
      .finally(() => setBusy(false));
  };
  return (
    <div className="signin">
      {trouble !== null && (
        <p className="signin__trouble" role="alert">
          {trouble}
        </p>
      )}
      <p>{say("enroll.how")}</p>
      <form onSubmit={submit}>
        <label>
          {say("enroll.code")}
          <input
            className="enroll__code"
            name="code"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            minLength={8}
            maxLength={CODE_LENGTH_MAX}
            required
          />
        </label>
        <label>
          {say("enroll.name")}
          <input
            name="name"
            autoComplete="off"
            maxLength={NAME_LENGTH_MAX}
            placeholder={say("enroll.nameExample")}
            defaultValue={name}
            required
          />
        </label>
        <button type="submit" className="button button--main" disabled={isBusy}>
          {say("enroll.do")}
        </button>
      </form>
    </div>
  );
}
