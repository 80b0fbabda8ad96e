/** What a guest is told. */

import type { Words } from "../house/language.ts";
import en from "./words/en.json";
import es from "./words/es.json";

export type TrackWord = keyof typeof en;
export const WORDS: Words<TrackWord> = { en, es };
