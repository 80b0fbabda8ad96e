/**
 * Asking for what is done at a desk: at once or not at all, with a no that is said where it was asked.
 *
 * Not its business: what a cook or waiter taps, which waits for the network (`Connected.tsx`).
 */

import { useState } from "react";

import { Refusal } from "../hub/index.ts";
import { useWords } from "./language.ts";
import { useTell } from "./Notices.tsx";
import { refused, WORDS } from "./words.ts";

/** What a no is called here, by its code, where there is more to say than the house says. */
type InWords = Readonly<Partial<Record<string, string>>>;

export interface Doing {
  /** Something was asked, and is not answered yet. */
  readonly isBusy: boolean;
  /** Do it, and answer what came of it; a refusal is told to whoever asked, and then answers undefined. */
  readonly does: <T>(deed: () => Promise<T>, inWords?: InWords) => Promise<T | undefined>;
}

export function useDoing(): Doing {
  const say = useWords(WORDS);
  const tell = useTell();
  const [isBusy, setBusy] = useState(false);
  const does = async <T>(deed: () => Promise<T>, inWords: InWords = {}): Promise<T | undefined> => {
    setBusy(true);
    try {
      return await deed();
    } catch (why) {
      const text = why instanceof Refusal ? (inWords[why.code] ?? refused(say, why)) : String(why);
      tell({ text, isBad: true });
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, does };
}
