import { expect, test } from "vitest";

import { errandIn, letterIn } from "./letter.ts";

test("a link in a letter says what it is for, and with what", () => {
  expect(letterIn("#verify=aB3-_")).toEqual({ kind: "verify", token: "aB3-_" });
  expect(letterIn("#reset=aB3-_")).toEqual({ kind: "reset", token: "aB3-_" });
  expect(letterIn("#invitation=aB3-_")).toEqual({ kind: "invitation", token: "aB3-_" });
  expect(letterIn("#forgot")).toEqual({ kind: "forgot" });
});

test("whoever wants an account needs no letter yet", () => {
  expect(errandIn("#register")).toEqual({ kind: "register" });
  expect(errandIn("#reset=aB3-_")).toEqual({ kind: "reset", token: "aB3-_" });
  expect(errandIn("#register=x")).toBeNull();
});

test.each(["", "#", "#verify", "#verify=", "#reset=a b", "#other=x", "#forgot=x"])("%j is no letter's", (hash) => {
  expect(letterIn(hash)).toBeNull();
});
