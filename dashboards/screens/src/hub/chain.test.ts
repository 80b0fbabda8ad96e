import { expect, test } from "vitest";

import { fit } from "./chain.ts";

test("an entry is applied exactly when prev ≤ held < seq", () => {
  for (let held = 0; held < 6; held += 1) {
    for (let seq = 1; seq < 7; seq += 1) {
      for (let prev = 0; prev < seq; prev += 1) {
        expect(fit(held, { seq, prev }) === "next").toBe(prev <= held && held < seq);
      }
    }
  }
});

test("what was applied before is a repetition, whatever its prev says", () => {
  expect(fit(5, { seq: 5, prev: 4 })).toBe("repetition");
  expect(fit(5, { seq: 3, prev: 9 })).toBe("repetition");
});

test("a prev beyond what is held is a gap", () => {
  expect(fit(5, { seq: 9, prev: 7 })).toBe("gap");
});
