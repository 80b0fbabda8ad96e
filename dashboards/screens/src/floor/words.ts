/** What the floor's screen says, in every language. */

import type { Words } from "../house/language.ts";
import en from "./words/en.json";
import es from "./words/es.json";

export type FloorWord = keyof typeof en;
export const WORDS: Words<FloorWord> = { en, es };
