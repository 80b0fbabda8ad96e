import { beforeAll, expect, test, vi } from "vitest";

let speech: typeof import("./language.ts");

beforeAll(async () => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", { getItem: (name: string) => kept.get(name) ?? null, setItem: kept.set.bind(kept) });
  vi.stubGlobal("navigator", { languages: ["de-AT", "es-MX", "en-GB"] });
  vi.stubGlobal("document", { documentElement: { lang: "" } });
  speech = await import("./language.ts");
});

test("a screen speaks the first of its reader's languages that it knows, else English", () => {
  expect(speech.language()).toBe("es");
  expect(speech.preferred(["fr", "de"])).toBe("en");
});

test("money is minor units, written as the reader's locale does", () => {
  speech.speak("en");
  expect(speech.money({ amount: 895, currency: "GBP" })).toBe("£8.95");
  expect(speech.money({ amount: 895, currency: "JPY" })).toBe("¥895");
  expect(speech.money({ amount: 1234, currency: "KWD" })).toMatch(/1\.234/);
  speech.speak("es");
  expect(speech.money({ amount: 150_000, currency: "USD" })).toBe("$1,500.00");
});

test("an age is read as a stopwatch", () => {
  expect([0, 59.9, 60, 754, 3_900, -3].map(speech.stopwatch)).toEqual([
    "0:00",
    "0:59",
    "1:00",
    "12:34",
    "1:05:00",
    "0:00",
  ]);
});

test("a sentence counts as its language does", () => {
  const words = {
    en: { taps: "{n, plural, one {# tap} other {# taps}}" },
    es: { taps: "{n, plural, one {# toque} other {# toques}}" },
  };
  expect(speech.say(words, "en", "taps", { n: 1 })).toBe("1 tap");
  expect(speech.say(words, "es", "taps", { n: 2 })).toBe("2 toques");
});
