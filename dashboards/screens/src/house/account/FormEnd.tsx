/** How a form ends: what is wrong with it, and the two ways out of it, to do it or to leave it. */

import { useWords } from "../language.ts";
import { WORDS as HOUSE_WORDS } from "../words.ts";
import { Trouble } from "./Trouble.tsx";

interface FormEndProps {
  readonly trouble: string | null;
  readonly isBusy: boolean;
  /** What the form does, as its button says it. */
  readonly deed: string;
  /** Whether that takes something away. */
  readonly isGrave?: boolean;
  readonly onClose: () => void;
}

export function FormEnd({ trouble, isBusy, deed, isGrave = false, onClose }: FormEndProps) {
  const say = useWords(HOUSE_WORDS);
  return (
    <>
      <Trouble text={trouble} />
      <div className="account__deeds">
        <button type="submit" className={isGrave ? "button button--bad" : "button button--main"} disabled={isBusy}>
          {deed}
        </button>
        <button type="button" className="button button--quiet" disabled={isBusy} onClick={onClose}>
          {say("cancel")}
        </button>
      </div>
    </>
  );
}
