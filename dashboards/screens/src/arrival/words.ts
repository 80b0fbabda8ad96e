/** What is said to whoever comes back from a provider. */

import type { Words } from "../house/language.ts";
import en from "./words/en.json";
import es from "./words/es.json";

export type ArrivalWord = keyof typeof en;
export const WORDS: Words<ArrivalWord> = { en, es };
