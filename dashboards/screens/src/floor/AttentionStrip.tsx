/**
 * What needs somebody, before everything else: food to run, guests who wait, courses to fire. One tap does it.
 *
 * Not its business: what is urgent (`attention.ts`).
 */

import { memo, useState } from "react";

import { useWords } from "../house/language.ts";
import { witness } from "../hub/index.ts";
import type { FloorOrder, FloorTable } from "../hub/wire.ts";
import { type Attention, tableOf, type ToFire, type ToRun, type Waiting } from "./attention.ts";
import { useFloor } from "./floor.ts";
import { Stopwatch } from "./Minutes.tsx";
import { Stillness } from "./stillness.ts";
import { useAskAloud } from "./useAskHere.ts";
import { useDeed } from "./useDeed.ts";
import { WORDS } from "./words.ts";

interface AttentionStripProps {
  readonly all: readonly Attention[];
  readonly tables: readonly FloorTable[];
  readonly onTable: (tableId: string) => void;
  readonly onOrder: (orderId: string) => void;
}

/** On a telephone so many are shown before somebody asks for the rest. */
const SHOWN_FIRST = 3;

export const AttentionStrip = memo(function AttentionStrip({ all, tables, onTable, onOrder }: AttentionStripProps) {
  const say = useWords(WORDS);
  const [isAllShown, showAll] = useState(false);
  const isSettled = useSettled(all);
  const open = (one: Attention): void => {
    const tableId = tableOf(one);
    if (tableId !== null) onTable(tableId);
    else if (one.order !== null) onOrder(one.order.orderId);
  };
  return (
    <section className="strip" aria-label={say("attention")} data-all={isAllShown}>
      <h2 className="strip__title">
        {say("attention")} <span className="strip__count">{all.length}</span>
      </h2>
      {all.length === 0 ? (
        <p className="strip__nothing">{say("attention.nothing")}</p>
      ) : (
        <ul className="strip__list">
          {all.map((one) => (
            <li key={one.key} className="call" data-kind={one.kind}>
              <button type="button" className="call__about" onClick={() => isSettled() && open(one)}>
                <About one={one} tables={tables} />
              </button>
              <Deed one={one} isSettled={isSettled} />
            </li>
          ))}
        </ul>
      )}
      {all.length > SHOWN_FIRST && (
        <button type="button" className="button strip__more" onClick={() => showAll(!isAllShown)}>
          {isAllShown ? say("attention.less") : say("attention.more", { count: all.length - SHOWN_FIRST })}
        </button>
      )}
    </section>
  );
});

/** A function that tells whether what is shown has stood still for long enough to be tapped on purpose. */
function useSettled(all: readonly Attention[]): () => boolean {
  const [stillness] = useState(() => new Stillness());
  stillness.show(all.map((one) => one.key));
  return stillness.isSettled;
}

function About({ one, tables }: { readonly one: Attention; readonly tables: readonly FloorTable[] }) {
  const say = useWords(WORDS);
  const { stationNames } = useFloor();
  const table = tables.find((other) => other.tableId === tableOf(one));
  const { order } = one;
  const elsewhere = order && say("whoElsewhere", { who: guestOf(order), kind: say(`kind.${order.kind}`) });
  const stations =
    one.kind === "run" ? one.stationIds : one.kind === "waiting" && one.ticket ? [one.ticket.stationId] : [];
  const backup = one.kind === "waiting" ? (stationNames.get(one.ticket?.backupStationId ?? "") ?? "") : "";
  const named = stations.flatMap((id) => stationNames.get(id) ?? []).join(", ");
  return (
    <>
      <strong className="call__who">{table === undefined ? elsewhere : say("tableNamed", { name: table.name })}</strong>
      <span className="call__what">{sentence(say, one, named, backup)}</span>
      <span className="call__since">
        <Stopwatch since={one.since} />
      </span>
    </>
  );
}

function guestOf(order: FloorOrder): string {
  return order.customerName ?? `#${order.number}`;
}

function sentence(
  say: ReturnType<typeof useWords<keyof (typeof WORDS)["en"]>>,
  one: Attention,
  stations: string,
  backup: string,
): string {
  switch (one.kind) {
    case "run":
      return say("attention.run", { plates: one.plates, stations, hasStations: stations === "" ? "no" : "yes" });
    case "fire":
      return say(one.isWished ? "attention.wished" : "attention.fire", { course: one.course });
    case "disputed":
      return say(one.isEaten ? "attention.disputedEaten" : "attention.disputed", { name: one.line.name });
    case "waiting":
      return say(`attention.${one.alert.kind}`, {
        station: stations || "?",
        backup,
        hasBackup: backup === "" ? "no" : "yes",
      });
  }
}

interface DeedProps<A extends Attention> {
  readonly one: A;
  readonly isSettled: () => boolean;
}

function Deed({ one, isSettled }: DeedProps<Attention>) {
  switch (one.kind) {
    case "run":
      return <Serve one={one} isSettled={isSettled} />;
    case "fire":
      return <Fire one={one} isSettled={isSettled} />;
    case "disputed":
      return null;
    case "waiting":
      return <Rush one={one} isSettled={isSettled} />;
  }
}

function Serve({ one, isSettled }: DeedProps<ToRun>) {
  const say = useWords(WORDS);
  const about = { orderId: one.order.orderId, course: one.course };
  const { act, isWaiting } = useDeed(useAskAloud(), "serve_order", about, (asked) => {
    return witness.ofRunning(one.order, one.course, asked);
  });
  return (
    <button type="button" className="button button--main" disabled={isWaiting} onClick={() => isSettled() && act()}>
      {say(isWaiting ? "waits" : one.order.kind === "dine_in" ? "serve" : "handOver")}
    </button>
  );
}

function Fire({ one, isSettled }: DeedProps<ToFire>) {
  const say = useWords(WORDS);
  const about = { orderId: one.order.orderId, course: one.course };
  const { act, isWaiting } = useDeed(useAskAloud(), "fire_course", about, () => {
    return witness.ofFiring(one.order, one.course);
  });
  return (
    <button type="button" className="button" disabled={isWaiting} onClick={() => isSettled() && act()}>
      {say(isWaiting ? "waits" : "fire")}
    </button>
  );
}

/** Only a ticket can be rushed; to a table that waits somebody has to go. */
function Rush({ one, isSettled }: DeedProps<Waiting>) {
  const say = useWords(WORDS);
  const { ticket } = one;
  const about = { ticketId: ticket?.ticketId ?? "" };
  const { act, isWaiting } = useDeed(useAskAloud(), "rush_ticket", about, (asked) => {
    return ticket === null ? about : witness.ofTicket(ticket, asked);
  });
  if (ticket === null || ticket.isRushed) return null;
  return (
    <button type="button" className="button" disabled={isWaiting} onClick={() => isSettled() && act()}>
      {say(isWaiting ? "waits" : "rush")}
    </button>
  );
}
