/**
 * All pads of this screen: kept over a reload, one for each place.
 *
 * A pad leaves this book at the moment in which the outbox has it, so that nothing can be ordered twice; what is
 * refused comes back. Not its business: what is on a pad.
 */

import { useCallback, useRef } from "react";

import { useDraft } from "../house/draft.ts";
import { EMPTY_PAD, type Pad } from "./pad.ts";

type Book = Readonly<Record<string, Pad>>;
const NOTHING: Book = {};

export interface Pads {
  readonly of: (name: string) => Pad;
  readonly change: (name: string, change: (pad: Pad) => Pad) => void;
}

export function usePads(): Pads {
  const [book, write] = useDraft<Book>("floor.pads", NOTHING);
  // An answer may come long after the render in which it was waited for.
  const latest = useRef(book);
  latest.current = book;
  const of = useCallback((name: string) => latest.current[name] ?? EMPTY_PAD, []);
  const change = useCallback(
    (name: string, how: (pad: Pad) => Pad) => {
      latest.current = { ...latest.current, [name]: how(latest.current[name] ?? EMPTY_PAD) };
      write(latest.current);
    },
    [write],
  );
  return { of, change };
}
