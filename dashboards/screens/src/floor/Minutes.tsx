/** How long something has been so: the only parts of the floor that change with every second. */

import { useAgeSeconds } from "../house/Connected.tsx";
import { stopwatch, useWords } from "../house/language.ts";
import { type FloorWord, WORDS } from "./words.ts";

interface MinutesProps {
  readonly since: string;
  readonly word?: Extract<FloorWord, "minutes" | "hereFor">;
}

/** In whole minutes, as one speaks of tables. */
export function Minutes({ since, word = "minutes" }: MinutesProps) {
  const say = useWords(WORDS);
  const ageSeconds = useAgeSeconds();
  return <>{say(word, { minutes: Math.floor(ageSeconds(since) / 60) })}</>;
}

/** To the second, as one speaks of food that gets cold. */
export function Stopwatch({ since }: { readonly since: string }) {
  const ageSeconds = useAgeSeconds();
  return <>{stopwatch(ageSeconds(since))}</>;
}
