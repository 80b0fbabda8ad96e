import { IntlMessageFormat } from "intl-messageformat";
import { expect, test } from "vitest";

import { EVENT_NAMES } from "../hub/wire.ts";
import { isTold } from "./facts.ts";
import en from "./words/en.json";
import es from "./words/es.json";

test("the front door says the same things in every language", () => {
  expect(Object.keys(es)).toEqual(Object.keys(en));
});

test.each([...Object.entries(en), ...Object.entries(es)])("the sentence %s is a message: %s", (_key, text) => {
  expect(() => new IntlMessageFormat(text, "en")).not.toThrow();
});

test.each(EVENT_NAMES.filter((event) => isTold({ event })))("there is a sentence for %s", (event) => {
  expect(en).toHaveProperty([`fact.${event}`]);
});
