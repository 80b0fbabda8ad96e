/** What a sentence is: a text, or what was made of an ICU message when the screens were built. */

import type { MessageFormatElement } from "@formatjs/icu-messageformat-parser";

export type Sentence = string | MessageFormatElement[];

/** Whether nothing is filled in, chosen or quoted: it is said as it stands. */
export function isPlain(text: string): boolean {
  return !/[{'<]/.test(text);
}
