/** Asking with a form about one's account, whose refusals have words that no other page needs. */

import type { Refusal } from "../../hub/index.ts";
import { ENTERING } from "../entering/words.ts";
import { useWords } from "../language.ts";
import { type Trying, useTrying } from "../trying.ts";
import { refusedIn } from "../words.ts";
import { WORDS } from "./words.ts";

export function useAsking(): Trying {
  return useTrying(useRefusedWords());
}

/** What a no is called here; null where there is no more to say of it than the house says. */
export function useRefusedWords(): (no: Refusal) => string | null {
  const say = useWords(WORDS);
  const sayEntering = useWords(ENTERING);
  return (no) =>
    // What is tried too often here are codes.
    no.code === "auth_rate_limited" ? sayEntering("code.locked") : refusedIn(WORDS, say, no);
}
