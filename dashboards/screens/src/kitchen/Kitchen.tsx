/** What hangs in the kitchen: a station's tickets, or, at the pass, what leaves together. Its frame is `Shell.tsx`. */

import { useCallback, useMemo, useRef, useState } from "react";

import { useAsked, useRoom, useShownRoom } from "../house/Connected.tsx";
import { useWords } from "../house/language.ts";
import { BOARDS, MAY_ASK, type TicketCard } from "../hub/index.ts";
import { type Acts, ActsProvider, useKitchenActs } from "./Acts.tsx";
import { Alerts } from "./Alerts.tsx";
import { useLateKitchenAnswers } from "./asks.ts";
import { isOpen, onRail } from "./cards.ts";
import { useChoice } from "./choice.ts";
import { type Course, courseKey, courses, isBumped, isReady } from "./courses.ts";
import { CourseCard } from "./CourseCard.tsx";
import { Disputes } from "./Disputes.tsx";
import { roomOf } from "./place.ts";
import type { RailHandle } from "./reaching.ts";
import { type KitchenProps, Shell } from "./Shell.tsx";
import { useStock } from "./stock.ts";
import { Ticket } from "./Ticket.tsx";
import { useGoingOn } from "./useGoingOn.ts";
import { waitingByCard } from "./waiting.ts";
import { WORDS } from "./words.ts";

const NO_CARDS: readonly TicketCard[] = [];
const oneTicket = (card: TicketCard): readonly TicketCard[] => [card];
const allTickets = ({ tickets }: Course): readonly TicketCard[] => tickets;
const ticketId = (card: TicketCard): string => card.ticketId;
const keyOf = ({ key }: Course): string => key;
const actOfTicket = (card: TicketCard): string => (isOpen(card) ? "bump" : "clear");
const actOfCourse = (course: Course): string => (isReady(course) ? "serve" : "bump");

export function Kitchen(props: KitchenProps) {
  const [opened, setOpened] = useState<TicketCard | null>(null);
  const { acts, justBumped } = useKitchenActs(roomOf(props.place), setOpened);
  const close = useCallback(() => setOpened(null), []);
  const shared = { ...props, acts, justBumped, opened, onCloseCard: close };
  const { stationId } = props.place;
  return (
    <ActsProvider value={acts}>
      {stationId === null ? <Pass {...shared} /> : <Station {...shared} stationId={stationId} />}
    </ActsProvider>
  );
}

interface HangingProps extends KitchenProps {
  readonly acts: Acts;
  readonly justBumped: TicketCard | null;
  /** The card that somebody wants to see more of, as it was when it was touched. */
  readonly opened: TicketCard | null;
  readonly onCloseCard: () => void;
}

function Station({ stationId, ...props }: HangingProps & { readonly stationId: string }) {
  const say = useWords(WORDS);
  const { restaurantId } = props.place;
  const room = useShownRoom(`kitchen:${restaurantId}:${stationId}`, BOARDS.station);
  const stock = useStock(restaurantId);
  const rail = useRef<RailHandle | null>(null);
  const { tickets, allDay } = useGoingOn(room.board);
  const cards = useMemo(() => onRail(tickets ?? NO_CARDS), [tickets]);
  const waiting = useWaiting();
  useLateKitchenAnswers(tickets ?? NO_CARDS);
  return (
    <Shell
      {...props}
      title={room.board?.station.name ?? say("kitchen")}
      room={room}
      tickets={tickets}
      heard={room.board?.tickets ?? NO_CARDS}
      allDay={allDay}
      waiting={waiting}
      stock={stock}
      rail={rail}
      cards={cards}
      idOf={ticketId}
      ticketsOf={oneTicket}
      draw={(card) => (
        <Ticket card={card} waiting={waiting.get(card.ticketId) ?? null} isOthers={card.stationId !== stationId} />
      )}
      main={(card) => (isOpen(card) ? props.acts.bump(card) : props.acts.clear(card))}
      actOf={actOfTicket}
    />
  );
}

function Pass(props: HangingProps) {
  const say = useWords(WORDS);
  const { restaurantId } = props.place;
  const room = useRoom(`kitchen:${restaurantId}`, BOARDS.pass);
  const stock = useStock(restaurantId);
  const rail = useRef<RailHandle | null>(null);
  const [isByTicket, chooseByTicket] = useChoice("passByTicket", false);
  const goingOn = useGoingOn(room.board);
  const tickets = goingOn.tickets ?? NO_CARDS;
  const waiting = useWaiting();
  useLateKitchenAnswers(tickets);
  const roles = props.shift.roles[restaurantId] ?? [];
  const maySend = roles.some((role) => MAY_ASK.serve_order.includes(role));
  const shared = {
    ...props,
    title: say("pass"),
    room,
    ...goingOn,
    heard: room.board?.tickets ?? NO_CARDS,
    waiting,
    stock,
    rail,
    view: { isByTicket, onChange: chooseByTicket },
  };
  const alerts = room.board?.alerts ?? [];
  const alerted = new Map(alerts.flatMap((one) => (one.ticketId === null ? [] : [[one.ticketId, one.kind]])));
  const show = (card: TicketCard): void => rail.current?.show(placeOf(card, isByTicket));
  const stations = room.board?.stations ?? [];
  const above = (
    <>
      <Disputes heard={shared.heard} mayDecide={roles.some((role) => MAY_ASK.decide_void.includes(role))} />
      {/* What was bumped here is seen and begun, though the hub may not have heard of it. */}
      <Alerts alerts={alerts} tickets={tickets.filter((one) => !isBumped(one))} stations={stations} onShow={show} />
    </>
  );
  const cards = useMemo(() => onRail(tickets), [tickets]);
  const sent = useCourses(tickets);
  if (isByTicket) {
    return (
      <Shell
        key="tickets"
        {...shared}
        above={above}
        cards={cards}
        idOf={ticketId}
        ticketsOf={oneTicket}
        draw={(card) => (
          <Ticket
            card={card}
            waiting={waiting.get(card.ticketId) ?? null}
            alert={alerted.get(card.ticketId) ?? null}
            withStation
          />
        )}
        main={(card) => (isOpen(card) ? props.acts.bump(card) : props.acts.clear(card))}
        actOf={actOfTicket}
      />
    );
  }
  return (
    <Shell
      key="courses"
      {...shared}
      above={above}
      cards={sent}
      idOf={keyOf}
      ticketsOf={allTickets}
      draw={(course) => <CourseCard course={course} waiting={waiting} maySend={maySend} />}
      main={(course) => mainOf(course, props.acts, maySend)}
      actOf={actOfCourse}
    />
  );
}

/** What a number key does at the pass: send out what is ready; bump where exactly one station is left. */
function mainOf(course: Course, acts: Acts, maySend: boolean): void {
  const [only, ...others] = course.tickets.filter(isOpen);
  if (isReady(course)) {
    if (maySend) acts.serve(course);
  } else if (only !== undefined && others.length === 0) acts.bump(only);
}

function placeOf(card: TicketCard, isByTicket: boolean): string {
  return isByTicket ? card.ticketId : courseKey(card.orderId, card.course);
}

function useWaiting(): ReturnType<typeof waitingByCard> {
  const asked = useAsked();
  return useMemo(() => waitingByCard(asked), [asked]);
}

/** The courses, of which those that did not change stay the same objects. */
function useCourses(tickets: readonly TicketCard[]): readonly Course[] {
  const before = useRef<readonly Course[]>([]);
  return useMemo(() => (before.current = courses(tickets, before.current)), [tickets]);
}
