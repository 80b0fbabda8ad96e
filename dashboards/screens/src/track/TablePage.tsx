/** The page of a party at its table: everything that it ordered, for as long as it sits there. */

import { useEffect } from "react";

import { money, timeOfDay, useWords } from "../house/language.ts";
import { BOARDS, type TableBoard } from "../hub/index.ts";
import { OrderCard } from "./OrderCard.tsx";
import { forParty, togetherOf } from "./steps.ts";
import { type PageProps, Watched } from "./Watched.tsx";
import { WORDS } from "./words.ts";

export function TablePage(props: PageProps) {
  return (
    <Watched {...props} kind={BOARDS.table}>
      {(board) => <Shown board={board} />}
    </Watched>
  );
}

function Shown({ board: { name, seating, orders } }: { readonly board: TableBoard }) {
  const say = useWords(WORDS);
  const isReady = orders.some((one) => one.status === "ready");
  useEffect(() => {
    document.title = say(isReady ? "title.tableReady" : "title.table", { name });
  }, [say, isReady, name]);
  const together = orders.length > 1 ? togetherOf(orders) : null;
  return (
    <>
      <header className="track__head">
        <h1>{say("table", { name })}</h1>
        {seating && <p>{say("party", { covers: seating.covers, time: timeOfDay(Date.parse(seating.seatedAt)) })}</p>}
      </header>
      {orders.length === 0 && <p className="track__empty">{say("nothingOrdered")}</p>}
      <ul className="track__orders" aria-label={say("orders")}>
        {forParty(orders).map((one) => (
          <li key={one.orderId}>
            <OrderCard order={one} name={say("order", { number: one.number })} />
          </li>
        ))}
      </ul>
      {together && (
        <p className="track__together">
          <span>{say("together")}</span> <strong>{money(together)}</strong>
        </p>
      )}
    </>
  );
}
