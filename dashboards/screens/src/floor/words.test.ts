import { IntlMessageFormat } from "intl-messageformat";
import { expect, test } from "vitest";

import { WORDS } from "./words.ts";

type Parts = ReturnType<IntlMessageFormat["getAst"]>;

/** The names of what a sentence must be told, in all of its branches. */
function facts(parts: Parts): readonly string[] {
  const told = parts.flatMap((part) => {
    const branches = "options" in part ? Object.values(part.options).flatMap((one) => facts(one.value)) : [];
    return part.type === LITERAL || !("value" in part) ? branches : [part.value, ...branches];
  });
  return [...new Set(told)].sort();
}

/** As the parser numbers it. */
const LITERAL = 0;

test("everything is said in both languages, of the same facts", () => {
  expect(Object.keys(WORDS.es).sort()).toEqual(Object.keys(WORDS.en).sort());
  const spanish = new Map(Object.entries(WORDS.es));
  for (const [key, text] of Object.entries(WORDS.en)) {
    const [here, there] = [text, spanish.get(key) ?? ""].map((one) => facts(new IntlMessageFormat(one, "en").getAst()));
    expect([key, there]).toEqual([key, here]);
  }
});
