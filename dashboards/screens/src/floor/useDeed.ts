/**
 * Something that is asked once, however often it is tapped: until it is answered, and then until the board shows it.
 *
 * Not its business: where a no is said.
 */

import { useEffect, useRef, useState } from "react";

import { useAsked } from "../house/Connected.tsx";
import { type Asked, SHOWN_MS_MAX, type Verb } from "../hub/index.ts";
import type { Commands } from "../hub/wire.ts";
import { isAsked } from "./asking.ts";
import type { AskHere } from "./useAskHere.ts";

interface Deed {
  readonly act: () => void;
  /** Whether another tap would ask for what is being done. */
  readonly isWaiting: boolean;
}

/** `about` tells this deed from others of its verb; what is asked is `said` of what was seen by then, else the same. */
export function useDeed<V extends Verb>(
  ask: AskHere,
  verb: V,
  about: Commands[V],
  said: (asked: readonly Asked[]) => Commands[V] = () => about,
): Deed {
  const asked = useAsked();
  const isUnanswered = isAsked(asked, verb, about);
  const [isJustDone, setJustDone] = useState(false);
  const over = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(over.current), []);
  const act = async (): Promise<void> => {
    if ((await ask(verb, said(asked))) === undefined) return;
    setJustDone(true);
    over.current = setTimeout(() => setJustDone(false), SHOWN_MS_MAX);
  };
  return { act: () => void act(), isWaiting: isUnanswered || isJustDone };
}
