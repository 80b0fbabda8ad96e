/** What was asked before a reload and refused after it: said what it was; an order is on its pad again, and said whose. */

import { useLateAnswers } from "../house/Connected.tsx";
import { useWords } from "../house/language.ts";
import { useTell } from "../house/Notices.tsx";
import { Refusal } from "../hub/index.ts";
import type { Sent } from "./book.ts";
import type { Pads } from "./pads.ts";
import { useLateRefused, useRefused } from "./useAskHere.ts";
import { WORDS } from "./words.ts";

export function useLateNo(pads: Pads): void {
  const say = useWords(WORDS);
  const sayNo = useRefused();
  const sayLateNo = useLateRefused();
  const tell = useTell();
  const whose = ({ tableName, pad, kind }: Sent): string => {
    if (tableName !== null) return say("tableNamed", { name: tableName });
    return pad.customerName.trim() || say(`kind.${kind}`);
  };
  useLateAnswers((refusal, { commandId, verb }) => {
    if (!(refusal instanceof Refusal)) return false;
    const sent = pads.takeBack(commandId);
    if (sent === undefined) {
      if (refusal.code !== "taken_back") tell({ text: sayLateNo(refusal, verb), isBad: true, stays: true });
      return true;
    }
    // Whoever took it back themselves knows.
    if (refusal.code !== "taken_back") {
      tell({ text: say("backOnPad", { who: whose(sent), why: sayNo(refusal) }), isBad: true, stays: true });
    }
    return true;
  });
}
