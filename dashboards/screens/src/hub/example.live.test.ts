/** The README's example, run against a hub that a Python test has opened and names in the environment. */

import { readFileSync } from "node:fs";

import { expect, test, vi } from "vitest";

import { watchKitchen } from "./example.ts";

const { HUB_URL, HUB_TOKEN, HUB_RESTAURANT } = process.env;

test("the README shows this example, word for word", () => {
  const [, example] = readFileSync(new URL("example.ts", import.meta.url), "utf8").split("// [example]\n");
  const shown = example?.split("// [/example]")[0]?.trim();
  expect(shown).toBeTruthy();
  expect(readFileSync(new URL("README.md", import.meta.url), "utf8")).toContain(shown);
});

test("it sees the ticket that hangs there, bumps it, and sees it gone", async () => {
  if (HUB_URL === undefined || HUB_TOKEN === undefined || HUB_RESTAURANT === undefined) {
    throw new Error("This test is run by tests/screens/test_client_alone.py, which opens a hub for it.");
  }
  const said: string[] = [];
  const kitchen = watchKitchen(HUB_URL, HUB_TOKEN, HUB_RESTAURANT, (line) => said.push(line));
  try {
    await vi.waitFor(() => expect(said.at(-1)).toMatch(/^live: 1 tickets/), { timeout: 10_000 });
    await kitchen.bump();
    await vi.waitFor(() => expect(said.at(-1)).toMatch(/^live: 0 tickets/), { timeout: 10_000 });
  } finally {
    kitchen.close();
  }
});
