/**
 * Asking from this screen: a no is said in its words, and where whoever asked is looking.
 *
 * In a dialog that is in the dialog, for nothing behind it can be read or reached. Not its business: what is asked.
 */

import { useCallback, useState } from "react";

import { useHub } from "../house/Connected.tsx";
import { type Say, useWords } from "../house/language.ts";
import { useTell } from "../house/Notices.tsx";
import { refused, WORDS as HOUSE_WORDS } from "../house/words.ts";
import { Refusal, type Verb } from "../hub/index.ts";
import type { Answers, Commands } from "../hub/wire.ts";
import { wordFor } from "./asking.ts";
import { useFloor } from "./floor.ts";
import { floorRoom } from "./room.ts";
import { useIsOpen } from "./useIsOpen.ts";
import { type FloorWord, WORDS } from "./words.ts";

/** Ask for something; a refusal is said where it is looked for, and then the answer is undefined. */
export type AskHere = <V extends Verb>(verb: V, fields: Commands[V]) => Promise<Answers[V] | undefined>;

/** A function that says a refusal in the floor's words, else in the house's. */
export function useRefused(): (refusal: unknown) => string {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  return (refusal) => {
    if (!(refusal instanceof Refusal)) return String(refusal);
    return inFloorWords(say, refusal) ?? refused(sayHouse, refusal);
  };
}

function inFloorWords(say: Say<FloorWord>, { code, facts }: Refusal): string | null {
  const key = `refused.${code}`;
  if (!isWord(key)) return null;
  const told = Object.entries(facts).filter(([, fact]) => typeof fact === "string" || typeof fact === "number");
  try {
    return say(key, Object.fromEntries(told.map(([name, fact]) => [name, String(fact)])));
  } catch {
    // A fact that the sentence needs was not told.
    return null;
  }
}

function isWord(key: string): key is FloorWord {
  return key in WORDS.en;
}

/** Ask, and have a no told at the foot of the screen; then it answers undefined. */
export function useAskAloud(): AskHere {
  const tell = useTell();
  const say = useLateRefused();
  return useAskWith((refusal, verb) => tell({ text: say(refusal, verb), isBad: true, stays: refusal.isLate }));
}

/** A function that says a refusal, and of what waited, which of the things it was that the waiter has long left. */
export function useLateRefused(): (refusal: Refusal, verb: Verb) => string {
  const say = useWords(WORDS);
  const sayNo = useRefused();
  return (refusal, verb) => {
    const why = sayNo(refusal);
    return refusal.isLate ? say("notDone", { what: say(wordFor({ verb })), why }) : why;
  };
}

/** The same within a dialog, which shows the trouble itself; once it is closed, that is told at the foot as well. */
export function useAskHere(): {
  readonly ask: AskHere;
  readonly trouble: string | null;
  readonly setTrouble: (text: string | null) => void;
} {
  const [trouble, setTrouble] = useState<string | null>(null);
  const say = useLateRefused();
  const tell = useTell();
  const isOpen = useIsOpen();
  const ask = useAskWith((refusal, verb) => {
    if (isOpen()) setTrouble(say(refusal, verb));
    else tell({ text: say(refusal, verb), isBad: true, stays: refusal.isLate });
  });
  const askAnew: AskHere = (verb, fields) => {
    setTrouble(null);
    return ask(verb, fields);
  };
  return { ask: askAnew, trouble, setTrouble };
}

function useAskWith(onNo: (refusal: Refusal, verb: Verb) => void): AskHere {
  const hub = useHub();
  const { restaurantId } = useFloor();
  const room = floorRoom(restaurantId);
  return useCallback(
    (verb, fields) =>
      hub.ask(verb, fields, room).catch((refusal: Refusal) => {
        if (refusal.code !== "taken_back") onNo(refusal, verb);
        return undefined;
      }),
    [hub, room, onNo],
  );
}
