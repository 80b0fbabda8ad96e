import { IntlMessageFormat } from "intl-messageformat";
import { expect, test } from "vitest";

import en from "./words/en.json";
import es from "./words/es.json";

test("a guest is told the same things in every language", () => {
  expect(Object.keys(es)).toEqual(Object.keys(en));
});

test.each([...Object.entries(en), ...Object.entries(es)])("the sentence %s is a message: %s", (_key, text) => {
  expect(() => new IntlMessageFormat(text, "en")).not.toThrow();
});
