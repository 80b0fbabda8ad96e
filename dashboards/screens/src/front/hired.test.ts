import { expect, test } from "vitest";

import type { Role } from "../hub/index.ts";
import { screenFor } from "./hired.ts";

test.each<[Role[], string]>([
  [["cook"], "kitchen"],
  [["expo"], "kitchen"],
  [["cook", "expo"], "kitchen"],
  [["waiter"], "floor"],
  [["host"], "floor"],
  [["cook", "waiter"], "floor"],
  [["cook", "manager"], "office"],
  [["owner"], "office"],
])("somebody who is hired as %s works first at the %s", (roles, screen) => {
  expect(screenFor(roles)).toBe(screen);
});
