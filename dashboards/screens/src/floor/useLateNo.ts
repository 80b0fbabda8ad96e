/** An order that was sent before a reload and refused after it: back onto its pad, and said whose it is. */

import { useLateAnswers } from "../house/Connected.tsx";
import { useWords } from "../house/language.ts";
import { useTell } from "../house/Notices.tsx";
import { Refusal } from "../hub/index.ts";
import type { Sent } from "./book.ts";
import type { Pads } from "./pads.ts";
import { useRefused } from "./useAskHere.ts";
import { WORDS } from "./words.ts";

export function useLateNo(pads: Pads): void {
  const say = useWords(WORDS);
  const sayNo = useRefused();
  const tell = useTell();
  const whose = ({ tableName, pad, kind }: Sent): string => {
    if (tableName !== null) return say("tableNamed", { name: tableName });
    return pad.customerName.trim() || say(`kind.${kind}`);
  };
  useLateAnswers((refusal, { commandId }) => {
    if (!(refusal instanceof Refusal)) return false;
    const sent = pads.takeBack(commandId);
    if (sent === undefined) return false;
    // Whoever took it back themselves knows.
    if (refusal.code !== "taken_back") {
      tell({ text: say("backOnPad", { who: whose(sent), why: sayNo(refusal) }), isBad: true, stays: true });
    }
    return true;
  });
}
