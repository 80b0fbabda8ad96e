/** What is refused at a tablet, in words that few devices need. */

import type { Refusal } from "../../hub/index.ts";
import { useWords } from "../language.ts";
import { refused, refusedIn, WORDS as HOUSE_WORDS } from "../words.ts";
import { WORDS } from "./words.ts";

export function useRefused(): (no: Refusal) => string {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  return (no) => refusedIn(WORDS, say, no) ?? refused(sayHouse, no);
}
