/** One's second factor, a code that one's telephone shows: whether it is asked for, switching it on and off. */

import { useState } from "react";

import { remove, post } from "../api.ts";
import type { Enrolment, RecoveryCodes, SecondFactor } from "../../hub/index.ts";
import { useToken } from "../Connected.tsx";
import { useFullHands } from "../draft.ts";
import { dayAndTime, useWords } from "../language.ts";
import { Codes } from "./Codes.tsx";
import { Enrolling } from "./Enrolling.tsx";
import { Proof, type Proven } from "./Proof.tsx";
import { WORDS } from "./words.ts";

/** What lies open: proving who one is, for something; a secret on its way into a telephone; or new recovery codes. */
type Open =
  | { readonly is: "proof"; readonly of: "begin" | "renew" | "off" }
  | { readonly is: "enrolling"; readonly enrolment: Enrolment }
  | { readonly is: "codes"; readonly codes: readonly string[] }
  | null;

interface TelephoneProps {
  readonly factor: SecondFactor;
  readonly onChange: () => void;
}

export function Telephone({ factor, onChange }: TelephoneProps) {
  const token = useToken();
  const [open, setOpen] = useState<Open>(null);
  // What is shown this once is not taken away by a new version.
  useFullHands(open !== null);
  const close = (): void => setOpen(null);
  const show = ({ recoveryCodes }: RecoveryCodes): void => {
    setOpen({ is: "codes", codes: recoveryCodes });
    onChange();
  };
  const prove = async ({ password, code }: Proven, of: "begin" | "renew" | "off"): Promise<void> => {
    if (of === "begin")
      return setOpen({ is: "enrolling", enrolment: await post<Enrolment>("/me/totp", { password }, token) });
    if (of === "renew") return show(await post<RecoveryCodes>("/me/totp/recovery-codes", { password, code }, token));
    await remove<SecondFactor>("/me/totp", token, { password, code });
    close();
    onChange();
  };
  if (open?.is === "codes") return <Codes codes={open.codes} onClose={close} />;
  if (open?.is === "enrolling") return <Enrolling enrolment={open.enrolment} onCodes={show} onClose={close} />;
  return (
    <>
      <State factor={factor} />
      {open?.is === "proof" ? (
        <Proof key={open.of} of={open.of} onProven={(proven) => prove(proven, open.of)} onClose={close} />
      ) : (
        <Deeds isOn={factor.isOn} onWant={(of) => setOpen({ is: "proof", of })} />
      )}
    </>
  );
}

function State({ factor: { isOn, isOnSince, recoveryCodesLeft } }: { readonly factor: SecondFactor }) {
  const say = useWords(WORDS);
  return (
    <>
      <p>{say("telephone.what")}</p>
      <p className="account__state" data-on={isOn}>
        {isOn ? say("telephone.isOn", { at: isOnSince === null ? "" : dayAndTime(isOnSince) }) : say("telephone.isOff")}
      </p>
      {isOn && <p>{say("telephone.left", { count: recoveryCodesLeft })}</p>}
    </>
  );
}

interface DeedsProps {
  readonly isOn: boolean;
  readonly onWant: (of: "begin" | "renew" | "off") => void;
}

function Deeds({ isOn, onWant }: DeedsProps) {
  const say = useWords(WORDS);
  const deeds = isOn ? (["renew", "off"] as const) : (["begin"] as const);
  return (
    <div className="account__deeds">
      {deeds.map((one) => (
        <button key={one} type="button" className="button" onClick={() => onWant(one)}>
          {say(`telephone.${one}`)}
        </button>
      ))}
    </div>
  );
}
