/** What is said to whoever signs in, and to nobody who works already. */

import type { Words } from "../language.ts";
import en from "./words/en.json";
import es from "./words/es.json";

export type EnteringWord = keyof typeof en;
export const ENTERING: Words<EnteringWord> = { en, es };
