/** What the office says. */

import type { Words } from "../house/language.ts";
import en from "./words/en.json";
import es from "./words/es.json";

export type OfficeWord = keyof typeof en;
export const WORDS: Words<OfficeWord> = { en, es };
