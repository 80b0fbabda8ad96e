/**
 * The book of whoever is signed in: kept over a reload, and nobody else's.
 *
 * A pad's lines leave it at the moment in which the outbox has them, so that nothing can be ordered twice; what is
 * refused comes back. Not its business: what is in a book (`book.ts`).
 */

import { useCallback, useMemo, useRef } from "react";

import { useDraft } from "../house/draft.ts";
import { type Book, EMPTY_BOOK, padOf, type Sent, withPad, without, withReturn, withSent } from "./book.ts";
import type { Pad } from "./pad.ts";

export interface Pads {
  readonly of: (name: string) => Pad;
  readonly change: (name: string, change: (pad: Pad) => Pad) => void;
  /** What was sent and is open: neither refused nor done, as far as this device knows. By command. */
  readonly sent: Book["sent"];
  readonly send: (commandId: string, sent: Sent) => void;
  /** Put back what this command took; answers what that was. */
  readonly takeBack: (commandId: string) => Sent | undefined;
  readonly forget: (commandId: string) => void;
  /** Whether it was sent since the page was loaded, so that whoever sent it still waits for the answer. */
  readonly isAwaited: (commandId: string) => boolean;
}

export function usePads(userId: string): Pads {
  const [book, write] = useDraft<Book>(`floor.book.${userId}`, EMPTY_BOOK);
  // An answer may come long after the render in which it was waited for.
  const latest = useRef(book);
  latest.current = book;
  const awaited = useRef(new Set<string>());
  const turn = useCallback(
    (after: Book): void => {
      if (after === latest.current) return;
      latest.current = after;
      write(after);
    },
    [write],
  );
  const deeds = useMemo(
    () => ({
      of: (name: string) => padOf(latest.current, name),
      change: (name: string, how: (pad: Pad) => Pad) => turn(withPad(latest.current, name, how)),
      send: (commandId: string, sent: Sent) => {
        awaited.current.add(commandId);
        turn(withSent(latest.current, commandId, sent));
      },
      takeBack: (commandId: string) => {
        const sent = latest.current.sent[commandId];
        turn(withReturn(latest.current, commandId));
        return sent;
      },
      forget: (commandId: string) => turn(without(latest.current, commandId)),
      isAwaited: (commandId: string) => awaited.current.has(commandId),
    }),
    [turn],
  );
  return useMemo(() => ({ ...deeds, sent: book.sent }), [deeds, book.sent]);
}
