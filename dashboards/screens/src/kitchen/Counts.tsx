/** How many tickets are open, and how many of them are late. */

import { useAgeSeconds } from "../house/Connected.tsx";
import { useWords } from "../house/language.ts";
import type { TicketCard } from "../hub/index.ts";
import { expectedSeconds, isOpen, lateness } from "./cards.ts";
import { WORDS } from "./words.ts";

export function Counts({ tickets }: { readonly tickets: readonly TicketCard[] }) {
  const say = useWords(WORDS);
  const ageSeconds = useAgeSeconds();
  const open = tickets.filter(isOpen);
  const late = open.filter((one) => lateness(ageSeconds(one.firedAt), expectedSeconds(one)) === "late").length;
  return (
    <p className="counts">
      <span>{say("openCount", { count: open.length })}</span>
      {late > 0 && <strong>{say("lateCount", { count: late })}</strong>}
    </p>
  );
}
