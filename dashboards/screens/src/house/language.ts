/**
 * Which language a screen speaks, and how it says numbers, money and times.
 *
 * Sentences are ICU messages in `words/*.json`, one file per screen and language. Not its business: what the hub says
 * in words of its own, which screens show only where they have none for its code.
 */

import { IntlMessageFormat } from "intl-messageformat";
import { useSyncExternalStore } from "react";

import type { Money } from "../hub/index.ts";
import { isPlain, type Sentence } from "./sentence.ts";
import { local } from "./storage.ts";

export const LANGUAGES = { en: "English", es: "Español" } as const;
export type Language = keyof typeof LANGUAGES;

/** A screen's sentences in every language, by the same keys. */
export type Words<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, Sentence>>>>;
export type Values = Readonly<Record<string, string | number | boolean>>;
export type Say<Key extends string> = (key: Key, values?: Values) => string;

const KEPT = "brigade.language";
const listeners = new Set<() => void>();
const formats = new Map<Sentence, IntlMessageFormat>();
/** Making one costs more than everything else that a price needs. */
const currencies = new Map<string, Intl.NumberFormat>();
let chosen: Language = kept() ?? preferred(navigator.languages);

export function language(): Language {
  return chosen;
}

export function speak(one: Language): void {
  chosen = one;
  local.setItem(KEPT, one);
  document.documentElement.lang = one;
  for (const listener of listeners) listener();
}

/** Whoever is to be asked in which language, and follows when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(listen, language);
}

/** A function that says these words in the language of the screen. */
export function useWords<Key extends string>(words: Words<Key>): Say<Key> {
  const spoken = useLanguage();
  return (key, values) => say(words, spoken, key, values);
}

/** One sentence, in this language. */
export function say<Key extends string>(words: Words<Key>, spoken: Language, key: Key, values?: Values): string {
  // A newer hub may say what this page has no words for; a bare word is better than an empty screen.
  const sentence: Sentence | undefined = words[spoken][key];
  if (sentence === undefined) return key;
  if (typeof sentence === "string" && isPlain(sentence)) return sentence;
  const name = typeof sentence === "string" ? `${spoken}\n${sentence}` : sentence;
  let format = formats.get(name);
  if (format === undefined) formats.set(name, (format = new IntlMessageFormat(sentence, locale(spoken))));
  return String(format.format(values));
}

/** The locale that numbers and times are written in: this device's, where it is of the language that is spoken. */
export function locale(spoken: Language = chosen): string {
  return navigator.languages.find((one) => one.split("-")[0] === spoken) ?? spoken;
}

/** `£8.95` for 895 of GBP, as this locale writes it; currencies without minor units have none. */
export function money({ amount, currency }: Money): string {
  const name = `${locale()} ${currency}`;
  // A restaurant has one currency, and everybody in it knows which dollar that is.
  const style = { style: "currency", currency, currencyDisplay: "narrowSymbol" } as const;
  const format = currencies.get(name) ?? new Intl.NumberFormat(locale(), style);
  currencies.set(name, format);
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** A time of day on this device's clock, as `19:42`. */
export function timeOfDay(ms: number): string {
  return new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit" }).format(ms);
}

/** A day and a time of day on this device's clock, as `22 Nov, 19:42`; of another year, with the year. */
export function dayAndTime(at: string): string {
  const moment = new Date(at);
  const ofYear = moment.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return new Intl.DateTimeFormat(locale(), {
    day: "numeric",
    month: "short",
    year: ofYear,
    hour: "2-digit",
    minute: "2-digit",
  }).format(moment);
}

/** Several things in a sentence: *a, b and c*. */
export function listed(things: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: "conjunction" }).format(things);
}

/** How long something takes, as a kitchen reads it: `0:45`, `12:30`, `1:05:00`. */
export function stopwatch(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (one: number): string => String(one).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function kept(): Language | null {
  const text = local.getItem(KEPT);
  return text !== null && isLanguage(text) ? text : null;
}

/** The first of a reader's languages that the screens speak. */
export function preferred(languages: readonly string[]): Language {
  return languages.map((one) => one.split("-")[0] ?? "").find(isLanguage) ?? "en";
}

function isLanguage(text: string): text is Language {
  return text in LANGUAGES;
}
