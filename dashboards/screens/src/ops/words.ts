/** What the operators' screen says. */

import type { Words } from "../house/language.ts";
import en from "./words/en.json";
import es from "./words/es.json";

export type OpsWord = keyof typeof en;
export const WORDS: Words<OpsWord> = { en, es };
