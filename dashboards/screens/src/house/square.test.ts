import { expect, test } from "vitest";

import { drawn } from "./square.ts";

test("a square is drawn run by run", () => {
  expect(
    drawn([
      [true, true, false, true],
      [false, false, false, false],
    ]),
  ).toBe("M0 0h2v1h-2zM3 0h1v1h-1z");
});
