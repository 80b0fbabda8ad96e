/** What is said about passkeys where one is asked for. */

import type { Words } from "../language.ts";
import en from "./words/en.json";
import es from "./words/es.json";

export type PasskeyWord = keyof typeof en;
export const PASSKEY_WORDS: Words<PasskeyWord> = { en, es };
