/** What is said about one's own account. */

import type { Words } from "../language.ts";
import en from "./words/en.json";
import es from "./words/es.json";

export type AccountWord = keyof typeof en;
export const WORDS: Words<AccountWord> = { en, es };
