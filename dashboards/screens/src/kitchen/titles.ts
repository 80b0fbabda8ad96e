/** How a cook calls a ticket: by its table, or by whom it is for. Not its business: how big that is written. */

import type { TicketCard } from "../hub/index.ts";
import type { SayKitchen } from "./words.ts";

type Titled = Pick<TicketCard, "kind" | "tableName" | "customerName" | "number">;

/** `Table 12`, or the customer's name, or, where nobody gave one, the number of the order. */
export function titleOf(say: SayKitchen, { tableName, customerName, number }: Titled): string {
  if (tableName !== null) return say("table", { name: tableName });
  return customerName ?? say("order", { number });
}

/** The same with the order's number, for where it stands alone. */
export function longTitleOf(say: SayKitchen, card: Titled): string {
  return say("cardTitle", { title: titleOf(say, card), number: card.number });
}
