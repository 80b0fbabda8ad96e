/** What every screen says: signing in, how old it is, and what the hub refuses. Each screen has words of its own. */

import type { Refusal } from "../hub/index.ts";
import type { Say, Words } from "./language.ts";
import en from "./words/en.json";
import es from "./words/es.json";

export type HouseWord = keyof typeof en;
export const WORDS: Words<HouseWord> = { en, es };

/** A refusal in the screen's language where there are words for its code, else in the hub's own. */
export function refused(say: Say<HouseWord>, refusal: Refusal): string {
  return refusedIn(WORDS, say, refusal) ?? refusal.message;
}

/** The same in words that only some pages have; null where they say nothing of it. */
export function refusedIn<Key extends string>(words: Words<Key>, say: Say<Key>, refusal: Refusal): string | null {
  const key = `refused.${refusal.code}`;
  if (!isWord(words, key)) return null;
  const facts = Object.entries(refusal.facts).filter(
    ([, fact]) => typeof fact === "string" || typeof fact === "number",
  );
  const seconds = refusal.facts["retryAfterSeconds"];
  if (typeof seconds === "number") facts.push(["retryAfterMinutes", Math.ceil(seconds / 60)]);
  try {
    return say(key, Object.fromEntries(facts) as Record<string, string | number>);
  } catch {
    // A fact that the sentence needs was not told.
    return refusal.message;
  }
}

function isWord<Key extends string>(words: Words<Key>, key: string): key is Key {
  return key in words.en;
}
