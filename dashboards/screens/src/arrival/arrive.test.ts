import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { keepShift, shiftAt, shiftOf } from "../house/shift.ts";
import { session } from "../house/storage.ts";
import type { SignedIn } from "../hub/index.ts";
import { arrive } from "./arrive.ts";

const asked: { path: string; said: Record<string, unknown> }[] = [];
let address: string;

function signedIn(userId: string, sessionId: string): SignedIn {
  return {
    accessToken: `access of ${sessionId}`,
    tokenType: "Bearer",
    expiresAt: "2030-01-01T00:00:00Z",
    expiresInSeconds: 900,
    refreshToken: "refresh",
    refreshExpiresAt: "2030-01-01T00:00:00Z",
    deviceToken: null,
    sessionId,
    userId,
    name: "Cora",
    roles: {},
  };
}

function left(linksTo: string | null): void {
  const departure = { provider: "google", handle: "a handle", screen: "kitchen", back: "/kitchen?pass", linksTo };
  session.setItem("brigade.departure", JSON.stringify(departure));
}

beforeEach(() => {
  asked.length = 0;
  keepShift("kitchen", shiftOf(signedIn("nobody", "before")));
  vi.stubGlobal("navigator", { userAgent: "Browser (Tablet)" });
  vi.stubGlobal("location", { pathname: "/signed-in/google", search: "?code=a&state=b" });
  vi.stubGlobal("history", { replaceState: (_state: unknown, _title: string, to: string) => (address = to) });
  vi.stubGlobal("fetch", (path: string, { body }: { readonly body: string }) => {
    asked.push({ path: path.replace("/api/v2", ""), said: JSON.parse(body) });
    return Promise.resolve(Response.json(signedIn("cora", "begun there")));
  });
});

afterEach(() => vi.unstubAllGlobals());

test("whoever is vouched for has a shift at the screen they wanted, and nothing stays in the address", async () => {
  left(null);
  const { finishing, back, isLinking } = arrive();
  await finishing;
  expect([back, isLinking, address]).toEqual(["/kitchen?pass", false, "/signed-in/google"]);
  expect(asked.map(({ path }) => path)).toEqual(["/auth/google/finish"]);
  expect(asked[0]?.said).toMatchObject({ code: "a", state: "b", handle: "a handle", device: "kitchen, Tablet" });
  expect(asked[0]?.said).not.toHaveProperty("accessToken");
  expect(shiftAt("kitchen")?.sessionId).toBe("begun there");
});

test("a link shows whose account it is for, and leaves them the shift that they have", async () => {
  keepShift("kitchen", shiftOf(signedIn("cora", "under way")));
  left("cora");
  await arrive().finishing;
  expect(asked.map(({ path }) => path)).toEqual(["/auth/google/finish", "/auth/logout"]);
  expect(asked[0]?.said).toMatchObject({ accessToken: "access of under way" });
  expect(shiftAt("kitchen")?.sessionId).toBe("under way");
});

test("nothing is linked to the account of somebody who has signed in at that screen since", async () => {
  left("cora");
  await expect(arrive().finishing).rejects.toMatchObject({ code: "sign_in_not_begun" });
  expect(asked).toEqual([]);
});

test("an address that nobody here left for finishes nothing", async () => {
  await expect(arrive().finishing).rejects.toMatchObject({ code: "sign_in_not_begun" });
  expect(asked).toEqual([]);
});

test("whoever was not let through there is told so, and their way back is known", async () => {
  left(null);
  vi.stubGlobal("location", { pathname: "/signed-in/google", search: "?error=access_denied&state=b" });
  const { finishing, back } = arrive();
  await expect(finishing).rejects.toMatchObject({ code: "not_let_through" });
  expect(back).toBe("/kitchen?pass");
  expect(asked).toEqual([]);
});
