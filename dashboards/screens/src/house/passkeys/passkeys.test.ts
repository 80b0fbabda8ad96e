import { expect, test } from "vitest";

import { bytesOf, refusalOf, systemIn, textOf, toMake, toShow } from "./passkeys.ts";

test("bytes come back as they were, whatever they are", () => {
  for (const length of [0, 1, 2, 3, 64, 1023]) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 37 + length) % 256);
    expect(textOf(bytes.buffer)).toMatch(/^[\w-]*$/);
    expect(bytesOf(textOf(bytes.buffer))).toEqual(bytes);
  }
});

test("a device is called after what runs on it", () => {
  expect(systemIn("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36")).toBe("Android");
  expect(systemIn("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X)")).toBe("iPad");
  expect(systemIn("Mozilla/5.0 (Windows NT 10.0; Win64; x64)")).toBe("Windows");
  expect(systemIn("curl")).toBeNull();
});

test("what a browser says no with is told as one of three things", () => {
  expect(refusalOf(new DOMException("", "NotAllowedError")).code).toBe("passkey_not_given");
  expect(refusalOf(new DOMException("", "AbortError")).code).toBe("passkey_not_given");
  expect(refusalOf(new DOMException("", "InvalidStateError")).code).toBe("passkey_known");
  expect(refusalOf(new DOMException("", "SecurityError")).code).toBe("passkey_failed");
  expect(refusalOf(new TypeError("no")).code).toBe("passkey_failed");
});

test("a browser is handed bytes where the hub said text, and everything else as it was said", () => {
  const shown = toShow({
    challenge: "AQID",
    rpId: "b.example",
    timeout: 5,
    userVerification: "required",
    allowCredentials: [],
  });
  expect(shown).toEqual({
    challenge: Uint8Array.of(1, 2, 3),
    rpId: "b.example",
    timeout: 5,
    userVerification: "required",
  });
  const made = toMake({
    rp: { id: "b.example", name: "Brigade" },
    user: { id: "AQ", name: "ann@example.test", displayName: "Ann" },
    challenge: "AQID",
    pubKeyCredParams: [{ type: "public-key", alg: -7 }],
    timeout: 5,
    excludeCredentials: [{ type: "public-key", id: "Ag" }],
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    attestation: "none",
  });
  expect(made.user).toEqual({ id: Uint8Array.of(1), name: "ann@example.test", displayName: "Ann" });
  expect(made.excludeCredentials).toEqual([{ type: "public-key", id: Uint8Array.of(2) }]);
  expect([made.rp.id, made.attestation, made.pubKeyCredParams[0]?.alg]).toEqual(["b.example", "none", -7]);
});
