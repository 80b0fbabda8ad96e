import { expect, test } from "vitest";

import type { Colleague } from "../hub/index.ts";
import { found } from "./finding.ts";

const INES: Colleague = { userId: "1", name: "Inés Roy", email: "ines@example.test", roles: ["cook"] };
const MAX: Colleague = { userId: "2", name: "Max Field", email: "max@example.test", roles: ["waiter", "host"] };

function names(wish: string): readonly string[] {
  return found([INES, MAX], wish, (role) => role).map((one) => one.name);
}

test("everybody is found by nothing, and by their name without its accents", () => {
  expect(names(" ")).toEqual(["Inés Roy", "Max Field"]);
  expect(names("ines")).toEqual(["Inés Roy"]);
});

test("somebody is found by what they do, and by two words at once", () => {
  expect(names("host")).toEqual(["Max Field"]);
  expect(names("max cook")).toEqual([]);
});
