import { expect, test } from "vitest";

import { askedNext } from "./entering.ts";

const ADA = { email: "ada@example.test", password: "three words" };

test("whoever has a second factor is asked for its code, once the password was right", () => {
  expect(askedNext(ADA, null, "second_factor_needed")).toBe(ADA);
  expect(askedNext(ADA, null, "wrong_credentials")).toBeNull();
  expect(askedNext(ADA, null, "unreachable")).toBeNull();
});

test.each(["wrong_code", "auth_rate_limited", "unreachable", "database_unavailable"])(
  "after %s the code is asked for again, and not the password",
  (code) => expect(askedNext(ADA, ADA, code)).toBe(ADA),
);

test.each(["wrong_credentials", "account_locked"])("after %s it begins with the password", (code) => {
  expect(askedNext(ADA, ADA, code)).toBeNull();
});

test("nobody is asked for a code without a password to send with it", () => {
  expect(askedNext(null, null, "second_factor_needed")).toBeNull();
});
