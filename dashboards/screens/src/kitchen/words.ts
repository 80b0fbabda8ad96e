/** What the kitchen screen says. What every screen says is the house's. */

import type { Say, Words } from "../house/language.ts";
import en from "./words/en.json";
import es from "./words/es.json";

export type KitchenWord = keyof typeof en;
export type SayKitchen = Say<KitchenWord>;
export const WORDS: Words<KitchenWord> = { en, es };

/** An allergen as this kitchen calls it; menus may name others than the fourteen that Europe wants to be told. */
export function allergenName(say: SayKitchen, allergen: string): string {
  const key = `allergen.${allergen.toLowerCase()}`;
  return isWord(key) ? say(key) : allergen;
}

function isWord(key: string): key is KitchenWord {
  return key in en;
}
