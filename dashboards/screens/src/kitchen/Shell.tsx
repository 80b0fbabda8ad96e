/**
 * The frame around what hangs in the kitchen: the bar above, the rail with the list beside it, the shelf below, keys.
 *
 * The same at a station and at the pass; what a card is, and what its main act is, both of them say. Not its business:
 * single cards.
 */

import { type ReactNode, type RefObject, useCallback, useId, useMemo, useState } from "react";

import { Glass } from "../house/Age.tsx";
import { useFreshness } from "../house/Connected.tsx";
import { Dialog } from "../house/Dialog.tsx";
import { useWords } from "../house/language.ts";
import { useTell } from "../house/Notices.tsx";
import { useNowMs } from "../house/time.ts";
import type { Shift } from "../house/shift.ts";
import { TopBar } from "../house/TopBar.tsx";
import { refused, WORDS as HOUSE_WORDS } from "../house/words.ts";
import type { Freshness, Refusal, RoomNow, TicketCard, Wanted } from "../hub/index.ts";
import type { Acts } from "./Acts.tsx";
import { AllDay } from "./AllDay.tsx";
import { useArranged } from "./arranged.ts";
import { CardSheet } from "./CardSheet.tsx";
import { bumped } from "./cards.ts";
import { useChoice } from "./choice.ts";
import { freshnessOf } from "./closed.ts";
import { bulkOf } from "./density.ts";
import { Help } from "./Help.tsx";
import { BellIcon, NoBellIcon, SwapIcon } from "./icons.tsx";
import { type KeyAct, useKeys } from "./keys.ts";
import { short, type Stock } from "./menu.ts";
import { MenuSheet } from "./MenuSheet.tsx";
import { Counts } from "./Counts.tsx";
import type { Place } from "./place.ts";
import { Rail } from "./Rail.tsx";
import type { RailHandle } from "./reaching.ts";
import { type Sheet, Shelf } from "./Shelf.tsx";
import { ALL_IN_SIGHT, type Sight } from "./sight.ts";
import { useBell } from "./sound.ts";
import { Stations } from "./Stations.tsx";
import { laidOut, Tray } from "./Tray.tsx";
import { useMenu } from "./useMenu.ts";
import type { Waiting } from "./waiting.ts";
import { WORDS } from "./words.ts";

export interface KitchenProps {
  readonly shift: Shift;
  readonly place: Place;
  readonly restaurants: readonly string[];
  readonly onChoose: (place: Place) => void;
  readonly onSignOut: () => void;
}

interface ShellProps<T> extends KitchenProps {
  readonly title: string;
  readonly room: RoomNow<unknown>;
  /** Everything that hangs here, with what waits as if it were done; null before there is a board. */
  readonly tickets: readonly TicketCard[] | null;
  /** The tickets as the hub told of them. */
  readonly heard: readonly TicketCard[];
  /** What was asked and waits, by ticket and by course. */
  readonly waiting: ReadonlyMap<string, Waiting>;
  readonly allDay: readonly Wanted[];
  readonly stock: Stock;
  readonly acts: Acts;
  readonly justBumped: TicketCard | null;
  readonly opened: TicketCard | null;
  readonly onCloseCard: () => void;
  readonly rail: RefObject<RailHandle | null>;
  /** What hangs on the rail, in the order in which it is wanted. */
  readonly cards: readonly T[];
  readonly idOf: (card: T) => string;
  readonly ticketsOf: (card: T) => readonly TicketCard[];
  readonly draw: (card: T) => ReactNode;
  /** What a number key, or Enter, does about a card. */
  readonly main: (card: T) => void;
  /** What that is, in a word of the program: it changes when the main act does. */
  readonly actOf: (card: T) => string;
  readonly above?: ReactNode;
  /** At the pass: by course, or by ticket. */
  readonly view?: { readonly isByTicket: boolean; readonly onChange: (isByTicket: boolean) => void };
}

/** From here on the list of what is wanted all day has room beside the cards. */
export const BESIDE = "(min-width: 900px)";
/** On a tablet the cards need that room more; it is a tap away. */
const ROOMY = "(min-width: 1200px)";

const NO_TICKETS: readonly TicketCard[] = [];

export function Shell<T>(props: ShellProps<T>) {
  const { tickets, stock, shift, place, rail } = props;
  const say = useWords(WORDS);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [sight, setSight] = useState<Sight>(ALL_IN_SIGHT);
  const [hasKeys, chooseKeys] = useChoice("keys", true);
  const [isBeside, chooseBeside] = useChoice("allDayBeside", () => matchMedia(ROOMY).matches);
  const menu = useMenu(place.restaurantId, shift.accessToken, stock);
  const close = useCallback(() => setSheet(null), []);
  const done = useMemo(() => bumped(tickets ?? NO_TICKETS), [tickets]);
  const tray = useMemo(
    () => laidOut(tickets ?? NO_TICKETS, props.heard, props.waiting),
    [tickets, props.heard, props.waiting],
  );
  const shortage = useMemo(() => short(menu, stock), [menu, stock]);
  const { ids, cards, hang } = useArranged(props.cards, props.idOf);
  useKeys(hasKeys, useKeyActs({ ...props, cards }, done, setSheet));
  const toggleAllDay = (): void => (matchMedia(BESIDE).matches ? chooseBeside(!isBeside) : setSheet("allDay"));
  const openedNow = tickets?.find((one) => one.ticketId === props.opened?.ticketId);
  return (
    <div className="kitchen">
      <Bar {...props} onSheet={setSheet} />
      {cards.length > 0 && <Closed place={props.title} refusal={props.room.refusal} />}
      <FreshGlass room={props.room}>
        {props.above}
        <main className="kitchen__main" aria-label={props.title}>
          <Rail
            label={say("railOf", { place: props.title })}
            cards={cards}
            ids={ids}
            idOf={props.idOf}
            actOf={props.actOf}
            bulkOf={(card) => bulkOf(props.ticketsOf(card))}
            draw={props.draw}
            hasKeys={hasKeys}
            handle={rail}
            onSight={setSight}
            onHung={hang}
            empty={<Nothing {...props} />}
          />
          {isBeside && (
            // It is scrolled where the evening is long; by keyboard, too.
            <aside className="beside" aria-label={say("beside")} tabIndex={0}>
              <AllDay wanted={props.allDay} short={shortage} />
            </aside>
          )}
        </main>
        <Shelf
          acts={props.acts}
          justBumped={props.justBumped}
          isBumpWaiting={props.waiting.get(props.justBumped?.ticketId ?? "")?.verb === "bump_ticket"}
          bumpedCount={done.length}
          unsentCount={tray.filter((one) => one.waiting !== null).length}
          short={shortage}
          offCount={stock.isHeard ? stock.eightySixed.length : null}
          isBeside={isBeside}
          sight={sight}
          before={cards.slice(0, sight.before).flatMap(props.ticketsOf)}
          after={cards.slice(cards.length - sight.after).flatMap(props.ticketsOf)}
          onTurn={(by) => rail.current?.turn(by)}
          onAllDay={toggleAllDay}
          onSheet={setSheet}
        />
      </FreshGlass>
      {sheet === "help" && <Help hasKeys={hasKeys} onKeys={chooseKeys} onClose={close} />}
      {sheet === "tray" && <Tray laid={tray} withStation={place.stationId === null} onClose={close} />}
      {sheet === "menu" && <MenuSheet menu={menu} stock={stock} stationId={place.stationId} onClose={close} />}
      {sheet === "allDay" && (
        <Dialog title={say("allDay")} onClose={close}>
          <AllDay wanted={props.allDay} short={shortage} />
        </Dialog>
      )}
      {sheet === "stations" && <ChangeStation {...props} onClose={close} />}
      {openedNow && <CardSheet card={openedNow} stock={stock} onClose={props.onCloseCard} />}
    </div>
  );
}

function useKeyActs<T>(
  { cards, rail, main, acts }: ShellProps<T>,
  done: readonly TicketCard[],
  onSheet: (sheet: Sheet) => void,
): (one: KeyAct) => void {
  const say = useWords(WORDS);
  const tell = useTell();
  return (one) => {
    const [last] = done;
    switch (one.act) {
      case "bump": {
        const at = rail.current?.meant(one.position) ?? null;
        const card = at === null ? undefined : cards[at];
        if (card !== undefined) main(card);
        return;
      }
      case "recall":
        if (last === undefined) tell({ text: say("trayEmpty") });
        else acts.recall(last);
        return;
      case "undo":
        if (!acts.undo()) tell({ text: say("undoLate") });
        return;
      case "move":
        rail.current?.move(one.to);
        return;
      case "main":
        rail.current?.press();
        return;
      case "help":
        onSheet("help");
        return;
      default:
        rail.current?.turn(one.act === "page_on" ? 1 : -1);
    }
  };
}

interface FreshGlassProps {
  readonly room: RoomNow<unknown>;
  readonly children: ReactNode;
}

/** Counts the room's age every second, and draws nothing else anew. */
function FreshGlass({ room, children }: FreshGlassProps) {
  return <Glass freshness={useAge(room)}>{children}</Glass>;
}

function useAge(room: RoomNow<unknown>): Freshness {
  return freshnessOf(room, useFreshness(room), useNowMs());
}

/** That the hub shows this room no more, above the cards that still hang there. */
function Closed({ place, refusal }: { readonly place: string; readonly refusal: Refusal | null }) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  return (
    refusal && (
      <p className="closed" role="alert">
        {say("closed", { place, why: refused(sayHouse, refusal) })}
      </p>
    )
  );
}

function Bar<T>({
  title,
  room,
  tickets,
  shift,
  view,
  onSignOut,
  onSheet,
}: ShellProps<T> & { readonly onSheet: (sheet: Sheet) => void }) {
  const say = useWords(WORDS);
  const [hasSound, chooseSound] = useChoice("sound", true);
  const isSilent = useBell(tickets, hasSound);
  const silence = useId();
  return (
    <TopBar title={title} freshness={useAge(room)} person={shift.name} onSignOut={onSignOut}>
      <button
        type="button"
        className="button bar__icon"
        aria-label={say("changePlace")}
        onClick={() => onSheet("stations")}
      >
        <SwapIcon />
      </button>
      {view && (
        <button
          type="button"
          className="button"
          aria-pressed={view.isByTicket}
          onClick={() => view.onChange(!view.isByTicket)}
        >
          {say("byTicket")}
        </button>
      )}
      {/* None are open and none are known are two things. Its room is kept, so that nothing beside it moves. */}
      {tickets === null ? <p className="counts" /> : <Counts tickets={tickets} />}
      <button
        type="button"
        className="button bar__icon"
        aria-label={say("sound")}
        aria-pressed={hasSound}
        aria-describedby={isSilent ? silence : undefined}
        onClick={() => chooseSound(!hasSound)}
      >
        {hasSound ? <BellIcon /> : <NoBellIcon />}
      </button>
      {isSilent && (
        <span id={silence} className="bar__silence">
          {say("soundWaits")}
        </span>
      )}
      <button
        type="button"
        className="button bar__icon bar__help"
        aria-label={say("help.title")}
        onClick={() => onSheet("help")}
      >
        ?
      </button>
    </TopBar>
  );
}

/** Where no card hangs: because there is none, because there is no board yet, or because the hub shows none. */
function Nothing<T>(props: ShellProps<T>) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const { refusal, board } = props.room;
  const { state } = useAge(props.room);
  if (refusal !== null) {
    return (
      <div className="nothing">
        <p role="alert">{refused(sayHouse, refusal)}</p>
        <Stations
          token={props.shift.accessToken}
          restaurants={props.restaurants}
          now={props.place}
          onChoose={props.onChoose}
        />
      </div>
    );
  }
  return (
    <div className="nothing">
      <p>{board === null ? sayHouse(state === "unanswered" ? "fresh.unanswered" : "fresh.opening") : say("allDone")}</p>
    </div>
  );
}

function ChangeStation<T>({
  shift,
  restaurants,
  place,
  onChoose,
  onClose,
}: ShellProps<T> & { readonly onClose: () => void }) {
  const say = useWords(WORDS);
  return (
    <Dialog title={say("choose")} onClose={onClose}>
      <Stations
        token={shift.accessToken}
        restaurants={restaurants}
        now={place}
        onChoose={(one) => {
          onClose();
          onChoose(one);
        }}
      />
    </Dialog>
  );
}
