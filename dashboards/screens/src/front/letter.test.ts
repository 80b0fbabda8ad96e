import { expect, test } from "vitest";

import { letterIn } from "./letter.ts";

test("a link in a letter says what it is for, and with what", () => {
  expect(letterIn("#verify=aB3-_")).toEqual({ kind: "verify", token: "aB3-_" });
  expect(letterIn("#reset=aB3-_")).toEqual({ kind: "reset", token: "aB3-_" });
  expect(letterIn("#forgot")).toEqual({ kind: "forgot" });
});

test.each(["", "#", "#verify", "#verify=", "#reset=a b", "#other=x", "#forgot=x"])("%j is no letter's", (hash) => {
  expect(letterIn(hash)).toBeNull();
});
