/** One's own PIN: whether there is one, setting it, which asks for it twice, and parting with it. */

import type { SyntheticEvent } from "react";

import { type OwnPin, PIN_LENGTH_MAX, PIN_LENGTH_MIN, removePin, setPin } from "../../hub/index.ts";
import { asking } from "../api.ts";
import { useToken } from "../Connected.tsx";
import { useDoing } from "../doing.ts";
import { dayAndTime, useWords } from "../language.ts";
import { useLook } from "../looking.ts";
import { useTell } from "../Notices.tsx";
import { Seen } from "../Seen.tsx";
import { useTrying } from "../trying.ts";
import { Twice } from "../Twice.tsx";
import { useRefused } from "./useRefused.ts";
import { WORDS } from "./words.ts";

export default function PinSetting() {
  const say = useWords(WORDS);
  const look = useLook<OwnPin>("/me/pin");
  return (
    <div className="pin">
      <p>{say("pin.what")}</p>
      <Seen look={look}>
        {({ setAt }) => (
          <>
            <p className="pin__state">
              {setAt === null ? say("pin.none") : say("pin.since", { at: dayAndTime(setAt) })}
            </p>
            <PinForm onDone={look.again} />
            {setAt !== null && <Parting onDone={look.again} />}
          </>
        )}
      </Seen>
    </div>
  );
}

interface DoneProps {
  readonly onDone: () => void;
}

function PinForm({ onDone }: DoneProps) {
  const say = useWords(WORDS);
  const token = useToken();
  const tell = useTell();
  const { isBusy, trouble, complain, tries } = useTrying(useRefused());
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const said = new FormData(form);
    const pin = String(said.get("pin"));
    if (pin !== said.get("again")) return complain(say("pin.unlike"));
    void tries(() => setPin(asking(token), { pin })).then((done) => {
      if (done === undefined) return;
      form.reset();
      tell({ text: say("pin.done") });
      onDone();
    });
  };
  return (
    <form className="pin__form" onSubmit={submit}>
      <Digits name="pin" label={say("pin.new", { min: PIN_LENGTH_MIN, max: PIN_LENGTH_MAX })} />
      <Digits name="again" label={say("pin.again")} />
      {trouble !== null && (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
      <button type="submit" className="button button--main" disabled={isBusy}>
        {say("pin.set")}
      </button>
    </form>
  );
}

function Digits({ name, label }: { readonly name: string; readonly label: string }) {
  return (
    <label>
      {label}
      <input
        name={name}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        pattern={`[0-9]{${PIN_LENGTH_MIN},${PIN_LENGTH_MAX}}`}
        minLength={PIN_LENGTH_MIN}
        maxLength={PIN_LENGTH_MAX}
        title={label}
        required
      />
    </label>
  );
}

function Parting({ onDone }: DoneProps) {
  const say = useWords(WORDS);
  const token = useToken();
  const { isBusy, does } = useDoing();
  const part = (): void => void does(() => removePin(asking(token))).then(onDone);
  return <Twice label={say("pin.part")} sure={say("pin.surePart")} isDisabled={isBusy} onSure={part} />;
}
