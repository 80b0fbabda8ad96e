import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { depart, providerAt, returnIn, returnsTo, takeDeparture } from "./elsewhere.ts";
import { session } from "./storage.ts";

const HERE = "https://brigade.example";
const went: string[] = [];

function sends(to: string): void {
  const url = `https://provider.example/authorize?redirect_uri=${encodeURIComponent(`${to}/signed-in/google`)}`;
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ url, handle: "a handle", expiresAt: "2030" })));
}

beforeEach(() => {
  went.length = 0;
  const assign = (url: string): number => went.push(url);
  vi.stubGlobal("location", { origin: HERE, pathname: "/kitchen", search: "?pass", assign });
});

afterEach(() => vi.unstubAllGlobals());

test("whoever comes back finds what they left with, once", async () => {
  sends(HERE);
  await depart({ provider: "google", screen: "kitchen", linksTo: null });
  expect(went).toHaveLength(1);
  const left = { provider: "google", handle: "a handle", screen: "kitchen", back: "/kitchen?pass", linksTo: null };
  expect(takeDeparture("google")).toEqual(left);
  expect(takeDeparture("google")).toBeNull();
});

test("whoever left for one provider does not come back from another", async () => {
  sends(HERE);
  await depart({ provider: "google", screen: "kitchen", linksTo: null });
  expect(takeDeparture("facebook")).toBeNull();
});

test("nobody is sent away who would come back to another address than they left from", async () => {
  sends("https://another.example");
  const leaving = depart({ provider: "google", screen: "kitchen", linksTo: null });
  await expect(leaving).rejects.toMatchObject({ code: "from_elsewhere", facts: { origin: "https://another.example" } });
  expect(went).toEqual([]);
});

test.each(["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""])(
  "%j is no way back",
  (back) => {
    session.setItem("brigade.departure", JSON.stringify({ provider: "google", back }));
    expect(takeDeparture("google")?.back).toBe("/");
  },
);

test("an address says who sends somebody back, and with what", () => {
  expect(providerAt("/signed-in/google")).toBe("google");
  expect(providerAt("/signed-in/nobody")).toBeNull();
  expect(returnIn("?code=a&state=b&iss=c")).toEqual({ code: "a", state: "b", iss: "c" });
  expect(returnIn("?code=a&state=b")).toEqual({ code: "a", state: "b", iss: null });
  expect(returnIn("?error=access_denied&state=b")).toBeNull();
  expect(returnsTo("https://provider.example/")).toBeNull();
});
