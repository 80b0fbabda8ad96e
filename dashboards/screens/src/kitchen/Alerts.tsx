/** Tickets that nobody started for longer than the house allows. A touch shows where they hang. */

import { useWords } from "../house/language.ts";
import type { Alert, TicketCard } from "../hub/index.ts";
import { WarningIcon } from "./icons.tsx";
import { Since } from "./Ticking.tsx";
import { longTitleOf } from "./titles.ts";
import { WORDS } from "./words.ts";

interface AlertsProps {
  readonly alerts: readonly Alert[];
  readonly tickets: readonly TicketCard[];
  readonly onShow: (card: TicketCard) => void;
}

export function Alerts({ alerts, tickets, onShow }: AlertsProps) {
  const say = useWords(WORDS);
  const notStarted = alerts.filter((one) => one.kind === "ticket_not_started");
  const late = new Set(notStarted.flatMap((one) => one.ticketId ?? []));
  const cards = tickets.filter((one) => late.has(one.ticketId));
  return (
    <section className="alerts" aria-label={say("alerts")} aria-live="polite">
      {cards.length > 0 && <h2 className="alerts__count">{say("alertCount", { count: cards.length })}</h2>}
      {cards.length > 0 && (
        <ul>
          {cards.map((one) => (
            <li key={one.ticketId}>
              <button type="button" className="button alerts__one" onClick={() => onShow(one)}>
                <WarningIcon />
                {say("alert", { station: one.stationName, title: longTitleOf(say, one) })}
                {/* Said once, not every second. */}
                <span aria-hidden="true">
                  <Since at={one.firedAt} />
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
