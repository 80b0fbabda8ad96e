/** What a field of the audit held, in words: money as money, times as times, roles and rights by their names. */

import { dayAndTime, listed, locale, money, type Say, useWords } from "../house/language.ts";
import { type HouseWord, WORDS as HOUSE_WORDS } from "../house/words.ts";
import { isNothing, spelledOut } from "./changes.ts";
import type { Names } from "./names.ts";
import { type OfficeWord, WORDS } from "./words.ts";

interface ValueProps {
  readonly value: unknown;
  readonly names: Names;
}

export function Value({ value, names }: ValueProps) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  return <>{inWords(value, { say, sayHouse, names })}</>;
}

interface Speaking {
  readonly say: Say<OfficeWord>;
  readonly sayHouse: Say<HouseWord>;
  readonly names: Names;
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

function inWords(value: unknown, speaking: Speaking): string {
  const { say } = speaking;
  if (isNothing(value)) return say("value.nothing");
  if (typeof value === "boolean") return say(value ? "value.yes" : "value.no");
  if (typeof value === "number") return value.toLocaleString(locale());
  if (typeof value === "string") return textInWords(value, speaking);
  if (Array.isArray(value)) return listed(value.map((one) => inWords(one, speaking)));
  if (typeof value === "object" && value !== null) return partsInWords(value, speaking);
  return String(value);
}

function textInWords(text: string, { say, sayHouse, names }: Speaking): string {
  if (MOMENT.test(text)) return dayAndTime(text);
  const role = `role.${text}`;
  if (isHouseWord(role)) return sayHouse(role);
  for (const word of [`may.${text}`, `status.${text}`]) if (isWord(word)) return say(word);
  return names.get(text) ?? text;
}

function partsInWords(parts: object, speaking: Speaking): string {
  if ("amount" in parts && "currency" in parts) {
    return money({ amount: Number(parts.amount), currency: String(parts.currency) });
  }
  const said = Object.entries(parts).filter(([, part]) => !isNothing(part));
  return listed(said.map(([name, part]) => `${fieldName(speaking.say, name)}: ${inWords(part, speaking)}`));
}

/** How a field is called. */
export function fieldName(say: Say<OfficeWord>, field: string): string {
  const key = `field.${field}`;
  return isWord(key) ? say(key) : spelledOut(field);
}

/** What was done, in words; of what these screens do not know yet, the hub's own. */
export function actionName(say: Say<OfficeWord>, action: string): string {
  const key = `action.${action}`;
  return isWord(key) ? say(key) : spelledOut(action);
}

function isWord(key: string): key is OfficeWord {
  return key in WORDS.en;
}

function isHouseWord(key: string): key is HouseWord {
  return key in HOUSE_WORDS.en;
}
