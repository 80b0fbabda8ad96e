/** Asking with a passkey, whose refusals, the hub's and the browser's, have words of their own. */

import type { Refusal } from "../../hub/index.ts";
import { useWords } from "../language.ts";
import { type Trying, useTrying } from "../trying.ts";
import { refusedIn } from "../words.ts";
import { PASSKEY_WORDS } from "./words.ts";

/** `otherwise` says what else is refused. */
export function useTryingPasskey(otherwise: (no: Refusal) => string | null = () => null): Trying {
  const say = useWords(PASSKEY_WORDS);
  return useTrying((no: Refusal) => refusedIn(PASSKEY_WORDS, say, no) ?? otherwise(no));
}
