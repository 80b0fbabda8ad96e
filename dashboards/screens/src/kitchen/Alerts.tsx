/**
 * Tickets that nobody started for longer than the house allows, and before them those that no screen of their station
 * has shown. A touch shows where they hang.
 */

import { useWords } from "../house/language.ts";
import type { Alert, PassBoard, TicketCard } from "../hub/index.ts";
import { WarningIcon } from "./icons.tsx";
import { Since } from "./Ticking.tsx";
import { longTitleOf } from "./titles.ts";
import { type SayKitchen, WORDS } from "./words.ts";

interface AlertsProps {
  readonly alerts: readonly Alert[];
  readonly tickets: readonly TicketCard[];
  readonly stations: PassBoard["stations"];
  readonly onShow: (card: TicketCard) => void;
}

export function Alerts({ alerts, tickets, stations, onShow }: AlertsProps) {
  const say = useWords(WORDS);
  const unseen = cardsOf(alerts, "ticket_not_seen", tickets);
  const late = cardsOf(alerts, "ticket_not_started", tickets);
  const nameOf = (stationId: string | null) => stations.find((one) => one.stationId === stationId)?.name;
  return (
    <section className="alerts" aria-label={say("alerts")} aria-live="polite">
      {unseen.length > 0 && <h2 className="alerts__count">{say("unseenCount", { count: unseen.length })}</h2>}
      {unseen.length > 0 && (
        <ul>
          {unseen.map((one) => (
            <One key={one.ticketId} card={one} onShow={onShow}>
              {unseenOf(say, one, nameOf(one.backupStationId))}
            </One>
          ))}
        </ul>
      )}
      {late.length > 0 && <h2 className="alerts__count">{say("alertCount", { count: late.length })}</h2>}
      {late.length > 0 && (
        <ul>
          {late.map((one) => (
            <One key={one.ticketId} card={one} onShow={onShow}>
              {say("alert", { station: one.stationName, title: longTitleOf(say, one) })}
            </One>
          ))}
        </ul>
      )}
    </section>
  );
}

interface OneProps {
  readonly card: TicketCard;
  readonly onShow: (card: TicketCard) => void;
  readonly children: string;
}

function One({ card, onShow, children }: OneProps) {
  return (
    <li>
      <button type="button" className="button alerts__one" onClick={() => onShow(card)}>
        <WarningIcon />
        {children}
        {/* Said once, not every second. */}
        <span aria-hidden="true">
          <Since at={card.firedAt} />
        </span>
      </button>
    </li>
  );
}

function cardsOf(alerts: readonly Alert[], kind: Alert["kind"], tickets: readonly TicketCard[]): readonly TicketCard[] {
  const meant = new Set(alerts.flatMap((one) => (one.kind === kind && one.ticketId !== null ? [one.ticketId] : [])));
  return tickets.filter((one) => meant.has(one.ticketId));
}

/** `Grill has not seen Table 7, #41: Stove shows it` */
function unseenOf(say: SayKitchen, card: TicketCard, backup: string | undefined): string {
  return say("unseen", {
    station: card.stationName,
    title: longTitleOf(say, card),
    backup: backup ?? "",
    hasBackup: backup === undefined ? "no" : "yes",
  });
}
