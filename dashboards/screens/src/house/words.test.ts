import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { IntlMessageFormat } from "intl-messageformat";
import { expect, test } from "vitest";

const SRC = new URL("..", import.meta.url).pathname;

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((name) => /words\/en\.json$/.test(name));

function wordsOf(name: string): Record<string, string> {
  return JSON.parse(readFileSync(join(SRC, name), "utf8"));
}

type Ast = ReturnType<IntlMessageFormat["getAst"]>;

/** The names of the values that a sentence needs, also in the branches of a plural. */
function needs(text: string, spoken: string): ReadonlySet<string> {
  const names = new Set<string>();
  const walk = (ast: Ast): void => {
    for (const part of ast) {
      // Words, and the # of a plural, stand for themselves.
      if (part.type !== 0 && part.type !== 7) names.add(part.value);
      if ("options" in part) for (const branch of Object.values(part.options)) walk(branch.value);
    }
  };
  walk(new IntlMessageFormat(text, spoken).getAst());
  return names;
}

test("there are words to check", () => {
  expect(files).toContain("house/words/en.json");
});

test.each(files)("%s says everything in both languages, of the same values", (name) => {
  const [en, es] = [wordsOf(name), wordsOf(name.replace("en.json", "es.json"))];
  expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort());
  for (const [key, text] of Object.entries(en)) {
    const other = es[key] ?? "";
    expect(text.trim(), key).not.toBe("");
    expect(other.trim(), key).not.toBe("");
    expect(needs(other, "es"), key).toEqual(needs(text, "en"));
  }
});
