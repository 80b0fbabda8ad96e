import { expect, test } from "vitest";

import type { KeyShown } from "../hub/index.ts";
import { stateOf } from "./lasting.ts";

const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
const TILL: KeyShown = {
  keyId: "k",
  name: "Till",
  beginsWith: "brg_abc",
  scopes: ["orders:read"],
  networks: [],
  madeAt: "2026-11-01T12:00:00Z",
  madeBy: null,
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null,
};

test("a key without an end opens for ever, until it is revoked", () => {
  expect(stateOf(TILL, NOON_MS)).toMatchObject({ what: "lastsForever", isOpen: true });
  const revokedAt = "2026-11-21T12:00:00Z";
  expect(stateOf({ ...TILL, revokedAt }, NOON_MS)).toMatchObject({ what: "revoked", isOpen: false, at: revokedAt });
});

test("a key that has run out opens nothing, and one that soon will is marked", () => {
  const until = (expiresAt: string) => stateOf({ ...TILL, expiresAt }, NOON_MS);
  expect(until("2026-11-22T12:00:00Z")).toMatchObject({ what: "ranOut", isOpen: false });
  expect(until("2026-11-29T12:00:00Z")).toMatchObject({ what: "lasts", isSoonOver: true });
  expect(until("2027-11-22T12:00:00Z")).toMatchObject({ what: "lasts", isSoonOver: false });
});
