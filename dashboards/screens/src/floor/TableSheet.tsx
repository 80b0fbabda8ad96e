/**
 * One table: its party, what they ordered and how far it is, and everything that a waiter does about it.
 *
 * Not its business: taking an order (`Taking.tsx`), and the plan.
 */

import { type SyntheticEvent, useState } from "react";

import { useAsked } from "../house/Connected.tsx";
import { Dialog } from "../house/Dialog.tsx";
import { money, timeOfDay, useWords } from "../house/language.ts";
import type { FloorOrder, FloorTable, TableStatus } from "../hub/wire.ts";
import { TABLES_OCCUPIED } from "../hub/wire.ts";
import { isAsked, isSettling } from "./asking.ts";
import { isDone } from "./courses.ts";
import { GuestLink } from "./GuestLink.tsx";
import { Minutes } from "./Minutes.tsx";
import { OrderView } from "./OrderView.tsx";
import { COVERS_MAX, COVERS_TAPPED_MAX, OFFERED } from "./steps.ts";
import { type AskHere, useAskHere } from "./useAskHere.ts";
import { Waits } from "./Waits.tsx";
import { WORDS } from "./words.ts";

interface TableSheetProps {
  readonly table: FloorTable;
  /** The open orders of its party. */
  readonly orders: readonly FloorOrder[];
  /** Every other order that is eaten here, for lines to go over to. */
  readonly elsewhere: readonly FloorOrder[];
  readonly onTake: () => void;
  readonly onClose: () => void;
}

type Linked = { readonly about: `/tables/${string}` | `/orders/${string}`; readonly title: string };

export function TableSheet({ table, orders, elsewhere, onTake, onClose }: TableSheetProps) {
  const say = useWords(WORDS);
  const { ask, trouble } = useAskHere();
  const [linked, setLinked] = useState<Linked | null>(null);
  const isOccupied = TABLES_OCCUPIED.has(table.status);
  const covers = table.seating?.covers ?? table.seats;
  const title = say("tableTitle", { name: table.name, status: say(`status.${table.status}`) });
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="sheet">
        {trouble !== null && (
          <p className="trouble" role="alert">
            {trouble}
          </p>
        )}
        <Waits ids={[table.tableId, ...orders.map((one) => one.orderId)]} />
        {!isOccupied && table.status !== "dirty" && <Covers table={table} ask={ask} />}
        {table.seating !== null && (
          <p className="sheet__party">
            {say("party", {
              covers: table.seating.covers,
              time: timeOfDay(Date.parse(table.seating.seatedAt)),
            })}{" "}
            (<Minutes since={table.seating.seatedAt} />)
          </p>
        )}
        {isOccupied && (
          <div className="deeds">
            <button type="button" className="button button--main deeds__main" onClick={onTake}>
              {say(orders.length === 0 ? "takeOrder" : "takeMore")}
            </button>
            <button
              type="button"
              className="button"
              onClick={() =>
                setLinked({ about: `/tables/${table.tableId}`, title: say("tableLink", { name: table.name }) })
              }
            >
              {say("guestLink")}
            </button>
          </div>
        )}
        <Steps table={table} orders={orders} ask={ask} />
        {orders.map((order) => (
          <OrderView
            key={order.orderId}
            order={order}
            covers={covers}
            others={[...orders.filter((one) => one !== order), ...elsewhere]}
            ask={ask}
            onLink={(orderId) => {
              setLinked({ about: `/orders/${orderId}`, title: say("orderNumber", { number: order.number }) });
            }}
          />
        ))}
      </div>
      {linked !== null && <GuestLink {...linked} onClose={() => setLinked(null)} />}
    </Dialog>
  );
}

interface StepsProps {
  readonly table: FloorTable;
  readonly orders: readonly FloorOrder[];
  readonly ask: AskHere;
}

/** The states a table may come into, and at the end of a meal everything at once. */
function Steps({ table, orders, ask }: StepsProps) {
  const say = useWords(WORDS);
  const asked = useAsked();
  const { tableId } = table;
  const become = (status: TableStatus) => ask("set_table_status", { tableId, status });
  const settle = async (): Promise<void> => {
    for (const { orderId } of orders) {
      // A table whose orders are open cannot be left; whatever was refused is told, and is to be looked at first.
      if ((await ask("close_order", { orderId })) === undefined) return;
    }
    await become("dirty");
  };
  const isLeaving = isSettling(
    asked,
    tableId,
    orders.map((one) => one.orderId),
  );
  const canSettle = table.seating !== null && orders.length > 0 && orders.every(isDone);
  const steps = OFFERED[table.status].filter((status) => orders.length === 0 || TABLES_OCCUPIED.has(status));
  if (steps.length === 0 && !canSettle) return null;
  return (
    <div className="deeds" role="group" aria-label={say("steps")}>
      {canSettle && (
        // Not the main thing before they have the bill: a slip must not send anybody away from their coffee.
        <button
          type="button"
          className={table.status === "bill" ? "button button--main" : "button"}
          disabled={isLeaving}
          onClick={() => void settle()}
        >
          {isLeaving ? say("waits") : say("settle", { total: sumOf(orders) })}
        </button>
      )}
      {steps.map((status) => (
        <button key={status} type="button" className="button" disabled={isLeaving} onClick={() => void become(status)}>
          {say(`step.${status}`, { hadParty: table.seating === null ? "no" : "yes" })}
        </button>
      ))}
    </div>
  );
}

function sumOf(orders: readonly FloorOrder[]): string {
  const currency = orders[0]?.total.currency;
  return currency === undefined
    ? ""
    : money({ amount: orders.reduce((sum, one) => sum + one.total.amount, 0), currency });
}

/** Seating a party: one tap says how many they are. */
function Covers({ table, ask }: Omit<StepsProps, "orders">) {
  const say = useWords(WORDS);
  const { tableId, seats } = table;
  const isSeating = isAsked(useAsked(), "seat_party", { tableId });
  const seat = (covers: number): void => void ask("seat_party", { tableId, covers });
  const seatMany = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    seat(Number(new FormData(event.currentTarget).get("covers")));
  };
  return (
    <section className="covers" aria-label={say("seatParty")}>
      <h3>{say("seatParty")}</h3>
      <div className="covers__taps">
        {Array.from({ length: COVERS_TAPPED_MAX }, (_, at) => at + 1).map((covers) => (
          <button
            key={covers}
            type="button"
            className={covers === seats ? "button button--main" : "button"}
            aria-label={say("seatCovers", { covers })}
            disabled={isSeating}
            onClick={() => seat(covers)}
          >
            {covers}
          </button>
        ))}
      </div>
      <details>
        <summary className="button button--quiet">{say("seatMore")}</summary>
        <form className="covers__many" onSubmit={seatMany}>
          <label>
            {say("guests")}
            <input name="covers" type="number" inputMode="numeric" min={1} max={COVERS_MAX} required />
          </label>
          <button type="submit" className="button button--main" disabled={isSeating}>
            {say("seat")}
          </button>
        </form>
      </details>
    </section>
  );
}
