/** What the front door says. */

import type { Words } from "../house/language.ts";
import en from "./words/en.json";
import es from "./words/es.json";

export type FrontWord = keyof typeof en;
export const WORDS: Words<FrontWord> = { en, es };
