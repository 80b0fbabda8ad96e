/** One ticket as a card. It is drawn anew when the ticket, or what a cook marked on it, changed, and not otherwise. */

import { memo } from "react";

import { useWords } from "../house/language.ts";
import type { AlertKind, TicketCard } from "../hub/index.ts";
import { useActs } from "./Acts.tsx";
import { expectedSeconds, isAllStruck, isOpen, isVoided } from "./cards.ts";
import { CheckIcon, CrossIcon, FlameIcon, RushIcon, WaitIcon } from "./icons.tsx";
import { Line } from "./Line.tsx";
import { SEEN, STRUCK, useMarks } from "./marks.ts";
import { Head } from "./Ticking.tsx";
import { longTitleOf, titleOf } from "./titles.ts";
import type { Waiting } from "./waiting.ts";
import { type SayKitchen, WORDS } from "./words.ts";

/** Longer names are written smaller. */
const NAME_LENGTH_MAX = 10;

interface TicketProps {
  readonly card: TicketCard;
  /** What was asked about it and waits to be sent. */
  readonly waiting: Waiting | null;
  /** What of it has waited for longer than the house allows. */
  readonly alert?: AlertKind | null;
  /** Whether it hangs here for another station, whose own screen has not shown it. */
  readonly isOthers?: boolean;
  /** Where tickets of several stations hang side by side. */
  readonly withStation?: boolean;
}

export const Ticket = memo(function Ticket({
  card,
  waiting,
  alert = null,
  isOthers = false,
  withStation = false,
}: TicketProps) {
  const say = useWords(WORDS);
  const acts = useActs();
  const struck = useMarks(STRUCK, card.ticketId);
  const seen = useMarks(SEEN, card.ticketId);
  const isDone = isOpen(card) && isAllStruck(card, struck);
  return (
    <article
      className="ticket"
      data-place={card.ticketId}
      data-status={card.status}
      data-rushed={card.isRushed && isOpen(card)}
      data-done={isDone}
      tabIndex={-1}
      aria-label={longTitleOf(say, card)}
    >
      <Head
        since={card.firedAt}
        expectedSeconds={expectedSeconds(card)}
        plain={isVoided(card) ? "voided" : undefined}
        title={<Title card={card} />}
        facts={<Facts card={card} withStation={withStation} />}
      />
      {isOthers && <p className="band band--for">{say("forStation", { station: card.stationName })}</p>}
      <Band card={card} alert={alert} />
      <ul className="ticket__lines">
        {card.lines.map((line) => (
          <Line
            key={line.lineId}
            card={card}
            line={line}
            isStruck={struck.includes(line.lineId)}
            isSeen={seen.includes(line.lineId)}
          />
        ))}
      </ul>
      {waiting !== null && <Waits waiting={waiting} onTakeBack={() => acts.takeBack(waiting.verb, card.ticketId)} />}
      <Foot card={card} isDone={isDone} isBumping={waiting?.verb === "bump_ticket"} />
    </article>
  );
});

/** What must be seen before anything else of a card. */
function Band({ card, alert }: { readonly card: TicketCard; readonly alert: AlertKind | null }) {
  const say = useWords(WORDS);
  if (isVoided(card)) {
    return (
      <p className="band band--void">
        <CrossIcon />
        {say("ticketVoid")}
      </p>
    );
  }
  return (
    <>
      {card.isRushed && (
        <p className="band band--rush">
          <RushIcon />
          {say("rushed")}
        </p>
      )}
      {alert !== null && <p className="band band--alert">{alertOf(say, card, alert)}</p>}
    </>
  );
}

function alertOf(say: SayKitchen, { stationName }: TicketCard, alert: AlertKind): string {
  return alert === "ticket_not_seen" ? say("notSeen", { station: stationName }) : say("notStarted");
}

/** Whose it is, as big as it can be. */
export function Title({ card }: { readonly card: Pick<TicketCard, "kind" | "tableName" | "customerName" | "number"> }) {
  const say = useWords(WORDS);
  if (card.tableName === null) return <Name name={titleOf(say, card)} />;
  return (
    <h2 className="head__title">
      <span className="head__table">{say("tableWord")} </span>
      {card.tableName}
    </h2>
  );
}

/** A name is longer than a table's number, and some names are longer than others. */
function Name({ name }: { readonly name: string }) {
  const isLong = name.length > NAME_LENGTH_MAX;
  return <h2 className={isLong ? "head__title head__title--long" : "head__title head__title--name"}>{name}</h2>;
}

function Facts({ card, withStation }: { readonly card: TicketCard; readonly withStation: boolean }) {
  const say = useWords(WORDS);
  return (
    <>
      {withStation && <strong>{card.stationName}</strong>}
      <span>{say("number", { number: card.number })}</span>
      <Kind card={card} say={say} />
      {isOpen(card) && (
        <span className="head__step">
          {card.status === "started" ? <FlameIcon /> : <WaitIcon />}
          <span className="head__word">{say(`status.${card.status === "started" ? "started" : "fired"}`)}</span>
        </span>
      )}
    </>
  );
}

/** Dine-in goes without saying, but for its course; what leaves the house does not. */
function Kind({ card, say }: { readonly card: TicketCard; readonly say: SayKitchen }) {
  if (card.kind === "dine_in") return <span>{say("course", { course: card.course })}</span>;
  return <strong className="head__kind">{say(`kind.${card.kind}`)}</strong>;
}

/** What waits, with a way back for as long as the hub cannot have heard it. */
export function Waits({ waiting, onTakeBack }: { readonly waiting: Waiting; readonly onTakeBack: () => void }) {
  const say = useWords(WORDS);
  return (
    <div className="waits">
      <p role="status">{waitsFor(say, waiting)}</p>
      {!waiting.wasSaid && (
        <button type="button" className="button" onClick={onTakeBack}>
          {say("takeBack")}
        </button>
      )}
    </div>
  );
}

/** `Bump waits to be sent`, or, where it may have been heard, that nobody knows yet. */
export function waitsFor(say: SayKitchen, { verb, wasSaid }: Waiting): string {
  return say(wasSaid ? "waitsForAnswer" : "waits", { what: say(`verb.${verb}`) });
}

interface FootProps {
  readonly card: TicketCard;
  readonly isDone: boolean;
  readonly isBumping: boolean;
}

function Foot({ card, isDone, isBumping }: FootProps) {
  const say = useWords(WORDS);
  const acts = useActs();
  const title = longTitleOf(say, card);
  if (isVoided(card)) {
    return (
      <footer className="foot">
        <button
          type="button"
          className="button button--bad foot__main"
          data-main="true"
          aria-label={say("seenOf", { title })}
          onClick={() => acts.clear(card)}
        >
          {say("seen")}
        </button>
      </footer>
    );
  }
  return (
    <footer className="foot">
      <button
        type="button"
        className="button foot__more"
        aria-label={say("moreOf", { title })}
        onClick={() => acts.open(card)}
      >
        ⋯
      </button>
      {card.status === "fired" && (
        <button
          type="button"
          className="button foot__start"
          aria-label={say("startOf", { title })}
          onClick={() => acts.start(card)}
        >
          {say("start")}
        </button>
      )}
      <button
        type="button"
        className={isDone ? "button button--main foot__main" : "button foot__main"}
        data-main="true"
        aria-label={say("bumpOf", { title })}
        disabled={isBumping}
        onClick={() => acts.bump(card)}
      >
        <CheckIcon />
        {say(isDone ? "bumpDone" : "bump")}
      </button>
    </footer>
  );
}
