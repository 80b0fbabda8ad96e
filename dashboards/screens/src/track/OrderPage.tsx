/** One order's page, for whoever holds its link. */

import { useEffect } from "react";

import { timeOfDay, useWords } from "../house/language.ts";
import { BOARDS, type OrderBoard } from "../hub/index.ts";
import { OrderCard } from "./OrderCard.tsx";
import { type PageProps, Watched } from "./Watched.tsx";
import { WORDS } from "./words.ts";

export function OrderPage(props: PageProps) {
  return (
    <Watched {...props} kind={BOARDS.order}>
      {(board) => <Shown board={board} />}
    </Watched>
  );
}

function Shown({ board }: { readonly board: OrderBoard }) {
  const say = useWords(WORDS);
  const { number, status, restaurantName, placedAt } = board;
  useEffect(() => {
    document.title = say(status === "ready" ? "title.ready" : "title.order", { number, restaurant: restaurantName });
  }, [say, status, number, restaurantName]);
  return (
    <>
      <header className="track__head">
        <p>{restaurantName}</p>
        <h1>{say("order", { number })}</h1>
        <p>{say("placedAt", { time: timeOfDay(Date.parse(placedAt)) })}</p>
      </header>
      <OrderCard order={board} />
    </>
  );
}
