/** How many of each item are still to be cooked over all tickets, and what is off or runs out. */

import { memo } from "react";

import { useWords } from "../house/language.ts";
import type { Wanted } from "../hub/index.ts";
import type { StockedItem } from "./menu.ts";
import { type SayKitchen, WORDS } from "./words.ts";

interface AllDayProps {
  readonly wanted: readonly Wanted[];
  readonly short: readonly StockedItem[];
}

/** The most wanted comes first; a cook reads down until the numbers are small. */
export const AllDay = memo(function AllDay({ wanted, short }: AllDayProps) {
  const say = useWords(WORDS);
  const listed = [...wanted].sort((one, other) => other.quantity - one.quantity);
  return (
    <>
      <section aria-label={say("allDay")}>
        <h2 className="allday__title">{say("allDay")}</h2>
        {listed.length === 0 && <p className="allday__none">{say("allDayNone")}</p>}
        <ul className="allday">
          {listed.map((one) => (
            <li key={one.itemId}>
              <strong>{one.quantity}</strong> <span>{one.name}</span>
            </li>
          ))}
        </ul>
      </section>
      {short.length > 0 && (
        <section aria-label={say("short")}>
          <h2 className="allday__title">{say("short")}</h2>
          <ul className="shortage">
            {short.map((one) => (
              <li key={one.itemId} data-off={one.isOff}>
                <span>{one.name}</span> <strong>{stateOf(say, one)}</strong>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
});

/** How an item stands, in a word or two. */
export function stateOf(say: SayKitchen, one: StockedItem): string {
  if (one.isOff) return say("off");
  return one.portionsLeft === null ? say("uncounted") : say("left", { count: one.portionsLeft });
}
