import { expect, test } from "vitest";

import { changeOf } from "./profile.ts";

const ME = { name: "Cora", phone: "+442079460958", language: "en" } as const;
const SAID = { name: "Cora", phone: "+442079460958", language: "en" } as const;

test("the hub is asked for what is another, and for nothing else", () => {
  expect(changeOf(ME, SAID)).toBeNull();
  expect(changeOf(ME, { ...SAID, name: " Cora Bell " })).toEqual({ name: "Cora Bell" });
  expect(changeOf(ME, { ...SAID, language: "es" })).toEqual({ language: "es" });
});

test("a telephone that is wiped out is forgotten, and one that never was stays so", () => {
  expect(changeOf(ME, { ...SAID, phone: " " })).toEqual({ phone: null });
  expect(changeOf({ ...ME, phone: null }, { ...SAID, phone: "" })).toBeNull();
});
