/** Recovery codes, shown this once: read, copied or printed, and gone when this is closed. */

import { useState } from "react";

import { useWords } from "../language.ts";
import { asText } from "./codes.ts";
import { useComesInSight } from "./useComesInSight.ts";
import { WORDS } from "./words.ts";

interface CodesProps {
  readonly codes: readonly string[];
  readonly onClose: () => void;
}

export function Codes({ codes, onClose }: CodesProps) {
  const say = useWords(WORDS);
  const here = useComesInSight<HTMLDivElement>();
  const [outcome, setOutcome] = useState<"copied" | "copyByHand" | null>(null);
  const copy = (): void => {
    // A browser gives the clipboard only to addresses that it trusts.
    const copying = navigator.clipboard?.writeText(asText(say("codes.for"), codes));
    if (copying === undefined) return setOutcome("copyByHand");
    copying.then(
      () => setOutcome("copied"),
      () => setOutcome("copyByHand"),
    );
  };
  return (
    <div ref={here} className="codes" tabIndex={-1}>
      <p className="codes__once">{say("codes.once")}</p>
      <h4>{say("codes.for")}</h4>
      <ol className="codes__list">
        {codes.map((one) => (
          <li key={one}>
            <code className="account__secret">{one}</code>
          </li>
        ))}
      </ol>
      <div className="account__deeds">
        <button type="button" className="button button--main" onClick={copy}>
          {say("codes.copy")}
        </button>
        <button type="button" className="button" onClick={() => print()}>
          {say("codes.print")}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {say("codes.close")}
        </button>
      </div>
      <p role="status">{outcome !== null && say(`codes.${outcome}`)}</p>
    </div>
  );
}
