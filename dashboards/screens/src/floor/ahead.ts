/**
 * The floor's board with what was brought to guests while the line is away: it is with them, whoever has heard of it.
 *
 * Nothing else is shown ahead: a course is fired, a line voided and a table seated when the house knows, and until then
 * they say that they wait. Not its business: which commands may be shown ahead (`Outbox.ahead`).
 */

import { changed, eachChanged } from "../hub/boards/sharing.ts";
import type { Asked } from "../hub/index.ts";
import type { WaitersBoard } from "../hub/wire.ts";

/** The board after that; the board itself where nothing was served. What was recalled meanwhile is not with the guest. */
export function ahead(board: WaitersBoard, asked: readonly Asked[]): WaitersBoard {
  const rounds = new Map(asked.flatMap(served));
  if (rounds.size === 0) return board;
  const orders = eachChanged(board.orders, (order) => {
    const tickets = eachChanged(order.tickets, (one) =>
      one.status === "bumped" && rounds.get(one.ticketId) === one.recalls ? changed(one, { status: "served" }) : one,
    );
    return changed(order, { tickets });
  });
  return changed(board, { orders });
}

/** The tickets that were served, each with the round in which that was. */
function served({ verb, fields }: Asked): readonly (readonly [string, number])[] {
  if (verb !== "serve_order" || !("tickets" in fields) || !Array.isArray(fields.tickets)) return [];
  return fields.tickets.flatMap((one: unknown) => {
    if (typeof one !== "object" || one === null || !("ticketId" in one && "recalls" in one)) return [];
    return typeof one.ticketId === "string" && typeof one.recalls === "number" ? [[one.ticketId, one.recalls]] : [];
  });
}
