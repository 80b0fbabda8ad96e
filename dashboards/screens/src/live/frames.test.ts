import { expect, test } from "vitest";

import { FRAMES_MAX, NO_FRAMES, withFrame, withoutBeats } from "./frames.ts";

test("the latest comes first, and what is too old is gone", () => {
  let frames = NO_FRAMES;
  for (let number = 1; number <= FRAMES_MAX + 5; number += 1) frames = withFrame(frames, number, "heard", "beat", null);
  expect(frames.count).toBe(FRAMES_MAX + 5);
  expect(frames.shown).toHaveLength(FRAMES_MAX);
  expect(frames.shown[0]?.number).toBe(FRAMES_MAX + 5);
});

test("beats can be left out", () => {
  const frames = withFrame(withFrame(NO_FRAMES, 1, "heard", "beat", null), 2, "said", "subscribe", {});
  expect(withoutBeats(frames.shown).map((one) => one.name)).toEqual(["subscribe"]);
});
