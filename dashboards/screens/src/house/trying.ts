/**
 * Asking with a form: what is refused is said in it, so that nothing that was filled in is lost.
 *
 * Not its business: what is asked by a touch, whose no is told as a notice (`doing.ts`).
 */

import { useState } from "react";

import { Refusal } from "../hub/index.ts";
import { useWords } from "./language.ts";
import { refused, WORDS } from "./words.ts";

export interface Trying {
  /** Something was asked, and is not answered yet. */
  readonly isBusy: boolean;
  /** What is wrong with what was filled in, or why it was refused. */
  readonly trouble: string | null;
  readonly complain: (trouble: string | null) => void;
  /** Do it, and answer what came of it; undefined where that is a no. */
  readonly tries: <T>(deed: () => Promise<T>) => Promise<T | undefined>;
}

/** A no is said as `inWords` has it, where that has more to say than the house. */
export function useTrying(inWords: (no: Refusal) => string | null): Trying {
  const say = useWords(WORDS);
  const [isBusy, setBusy] = useState(false);
  const [trouble, complain] = useState<string | null>(null);
  const tries = async <T>(deed: () => Promise<T>): Promise<T | undefined> => {
    setBusy(true);
    complain(null);
    try {
      return await deed();
    } catch (why) {
      complain(why instanceof Refusal ? (inWords(why) ?? refused(say, why)) : String(why));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, trouble, complain, tries };
}
