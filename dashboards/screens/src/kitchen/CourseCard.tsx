/** One course of an order at the pass: what stands there, which stations it waits for, and sending it out. */

import { memo } from "react";

import { useWords } from "../house/language.ts";
import type { TicketCard, TicketLine } from "../hub/index.ts";
import { useActs } from "./Acts.tsx";
import { expectedSeconds, isOpen, isVoided } from "./cards.ts";
import { awaited, type Course, isBumped, isReady, isRushed, readySince, readyStations } from "./courses.ts";
import { CheckIcon, CrossIcon, FlameIcon, RushIcon, WaitIcon } from "./icons.tsx";
import { Allergens, Note } from "./Line.tsx";
import { Title, Waits, waitsFor } from "./Ticket.tsx";
import { Head, Since } from "./Ticking.tsx";
import { longTitleOf } from "./titles.ts";
import type { Waiting } from "./waiting.ts";
import { type SayKitchen, WORDS } from "./words.ts";

interface CourseCardProps {
  readonly course: Course;
  /** What was asked about it, or about its tickets, and waits to be sent. */
  readonly waiting: ReadonlyMap<string, Waiting>;
  readonly maySend: boolean;
}

export const CourseCard = memo(function CourseCard({ course, waiting, maySend }: CourseCardProps) {
  const say = useWords(WORDS);
  const [first] = course.tickets;
  if (first === undefined) return null;
  const open = course.tickets.filter(isOpen);
  // As late as its latest station: the counts above say the same.
  const soonest = Math.min(...open.map((one) => expectedSeconds(one) ?? Infinity));
  const since = readySince(course);
  const ready = isReady(course);
  return (
    <article
      className="ticket ticket--course"
      data-place={course.key}
      data-ready={ready}
      data-rushed={isRushed(course)}
      tabIndex={-1}
      aria-label={longTitleOf(say, first)}
    >
      <Head
        since={ready && since !== null ? since : first.firedAt}
        expectedSeconds={Number.isFinite(soonest) ? soonest : null}
        plain={ready ? "ready" : open.length === 0 ? "voided" : undefined}
        title={<Title card={first} />}
        facts={
          <>
            <span>{say("number", { number: first.number })}</span>
            <span>
              {first.kind === "dine_in" ? say("course", { course: course.course }) : say(`kind.${first.kind}`)}
            </span>
          </>
        }
      />
      {isRushed(course) && (
        <p className="band band--rush">
          <RushIcon />
          {say("rushed")}
        </p>
      )}
      <p className="course__state">{stateOf(say, course, ready)}</p>
      <ul className="course__tickets">
        {course.tickets.map((one) => (
          <Share key={one.ticketId} card={one} waiting={waiting.get(one.ticketId) ?? null} />
        ))}
      </ul>
      {maySend && course.tickets.some(isBumped) && (
        <Send course={course} first={first} isWhole={ready} waiting={waiting.get(course.key) ?? null} />
      )}
    </article>
  );
});

/** `Waits for: Grill 2, Fry 1. Ready: Cold`. */
function stateOf(say: SayKitchen, course: Course, ready: boolean): string {
  if (ready) return say("ready");
  const [waits, there] = [awaited(course), readyStations(course)];
  if (waits.length === 0) return say("ticketVoid");
  const stations = waits.map((one) => say("awaited", { station: one.stationName, count: one.plates })).join(", ");
  const sentence = say("waitsFor", { stations });
  return there.length === 0 ? sentence : `${sentence} ${say("readyAt", { stations: there.join(", ") })}`;
}

/** One station's share of the course. */
function Share({ card, waiting }: { readonly card: TicketCard; readonly waiting: Waiting | null }) {
  const say = useWords(WORDS);
  return (
    <li className="share" data-status={card.status}>
      <div className="share__head">
        <h3 className="share__station">
          <Step card={card} />
          {card.stationName}
          <span className="share__step">
            {say(`status.${card.status}`)}{" "}
            {card.status === "bumped" && card.bumpedAt !== null && <Since at={card.bumpedAt} />}
          </span>
        </h3>
        <ShareButtons card={card} isBumping={waiting?.verb === "bump_ticket"} />
      </div>
      <ul>
        {card.lines.map((one) => (
          <ShortLine key={one.lineId} line={one} />
        ))}
      </ul>
      {waiting !== null && <p className="share__waits">{waitsFor(say, waiting)}</p>}
    </li>
  );
}

function Step({ card }: { readonly card: TicketCard }) {
  if (isVoided(card)) return <CrossIcon />;
  if (isBumped(card)) return <CheckIcon />;
  return card.status === "started" ? <FlameIcon /> : <WaitIcon />;
}

function ShortLine({ line }: { readonly line: TicketLine }) {
  const say = useWords(WORDS);
  if (line.isVoided) {
    return (
      <li className="short short--void">
        <strong>{say(line.isDisputed ? "voidToDecide" : "void")}</strong>{" "}
        <s>
          {line.quantity} {line.name}
        </s>
      </li>
    );
  }
  return (
    <li className="short">
      <strong>{line.quantity}</strong> {line.name}{" "}
      {line.seat !== null && <span className="line__seat">{say("seat", { seat: line.seat })}</span>}
      {line.modifiers.length > 0 && <span className="short__extras">{line.modifiers.join(" · ")}</span>}
      <Note note={line.note} />
      <Allergens allergens={line.allergens} />
    </li>
  );
}

function ShareButtons({ card, isBumping }: { readonly card: TicketCard; readonly isBumping: boolean }) {
  const say = useWords(WORDS);
  const acts = useActs();
  const title = say("stationOf", { station: card.stationName, title: longTitleOf(say, card) });
  if (isVoided(card)) {
    return (
      <button
        type="button"
        className="button button--bad"
        aria-label={say("seenOf", { title })}
        onClick={() => acts.clear(card)}
      >
        {say("seen")}
      </button>
    );
  }
  if (!isOpen(card)) return null;
  return (
    <span className="share__buttons">
      <button
        type="button"
        className="button"
        aria-label={say("bumpOf", { title })}
        disabled={isBumping}
        onClick={() => acts.bump(card)}
      >
        {say("bump")}
      </button>
      <button type="button" className="button" aria-label={say("moreOf", { title })} onClick={() => acts.open(card)}>
        ⋯
      </button>
    </span>
  );
}

interface SendProps {
  readonly course: Course;
  readonly first: TicketCard;
  readonly isWhole: boolean;
  readonly waiting: Waiting | null;
}

function Send({ course, first, isWhole, waiting }: SendProps) {
  const say = useWords(WORDS);
  const acts = useActs();
  return (
    <>
      {waiting !== null && <Waits waiting={waiting} onTakeBack={() => acts.takeBack(waiting.verb, course.key)} />}
      <footer className="foot">
        <button
          type="button"
          className={isWhole ? "button button--main foot__main" : "button foot__main"}
          data-main={isWhole}
          aria-label={say(isWhole ? "serveOf" : "servePartOf", { title: longTitleOf(say, first) })}
          onClick={() => acts.serve(course)}
        >
          <CheckIcon />
          {say(isWhole ? "serve" : "servePart")}
        </button>
      </footer>
    </>
  );
}
