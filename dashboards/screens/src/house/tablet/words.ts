/** What a kitchen tablet's door says, and setting a PIN: loaded when it is needed, since few devices ever say it. */

import type { Words } from "../language.ts";
import en from "./words/en.json";
import es from "./words/es.json";

export type TabletWord = keyof typeof en;
export const WORDS: Words<TabletWord> = { en, es };
