import { expect, test } from "vitest";

import { lookOf } from "./theme.ts";

test("a page looks as somebody likes it, and as the device does only where they leave it to it", () => {
  for (const isDeviceDark of [true, false]) {
    expect(lookOf("light", isDeviceDark)).toBe("light");
    expect(lookOf("dark", isDeviceDark)).toBe("night");
  }
  expect(lookOf("auto", true)).toBe("night");
  expect(lookOf("auto", false)).toBe("light");
});
