import { expect, test } from "vitest";

import { initials, PICTURE_BYTES_MAX, wrongWith } from "./picture.ts";

test("what the hub would not take is not sent", () => {
  expect(wrongWith({ type: "image/jpeg", size: PICTURE_BYTES_MAX })).toBeNull();
  expect(wrongWith({ type: "image/jpeg", size: PICTURE_BYTES_MAX + 1 })).toBe("tooLarge");
  expect(wrongWith({ type: "application/pdf", size: 10 })).toBe("notAPicture");
});

test("without a picture somebody's initials stand there", () => {
  expect(initials("Cora Maria Bell")).toBe("CB");
  expect(initials("ángel")).toBe("Á");
  expect(initials(" ")).toBe("");
});
