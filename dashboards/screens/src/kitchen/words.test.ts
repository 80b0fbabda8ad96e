/** The kitchen says the same things in every language. */

import { IntlMessageFormat } from "intl-messageformat";
import { expect, test } from "vitest";

import { allergenName, WORDS } from "./words.ts";

const LANGUAGES = ["en", "es"] as const;
/** Whatever any sentence asks for. */
const VALUES = { name: "12", number: 3, title: "12", count: 2, age: "1:00", what: "Bump", place: "Grill", seat: 1 };
const MORE = { backup: "Fry", hasBackup: "yes", course: 1, station: "Grill", stations: "Grill 1", why: "It is gone." };

test("every language has the same keys", () => {
  expect(Object.keys(WORDS.es).sort()).toEqual(Object.keys(WORDS.en).sort());
});

test.each(LANGUAGES)("every sentence in %s can be said", (language) => {
  for (const text of Object.values(WORDS[language])) {
    expect(String(new IntlMessageFormat(text, language).format({ ...VALUES, ...MORE }))).not.toBe("");
  }
});

test("an allergen is called by its name in the language, whatever its case", () => {
  const say = (key: keyof (typeof WORDS)["es"]): string => String(WORDS.es[key]);
  expect(allergenName(say, "Milk")).toBe("leche");
});

test("an allergen that only this menu knows is called as the menu calls it", () => {
  const say = (key: keyof (typeof WORDS)["es"]): string => String(WORDS.es[key]);
  expect(allergenName(say, "kiwi")).toBe("kiwi");
});
