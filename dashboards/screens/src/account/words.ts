/** What is said around somebody's own account, where they come to it by themselves. */

import type { Words } from "../house/language.ts";
import en from "./words/en.json";
import es from "./words/es.json";

export type OwnWord = keyof typeof en;
export const WORDS: Words<OwnWord> = { en, es };
