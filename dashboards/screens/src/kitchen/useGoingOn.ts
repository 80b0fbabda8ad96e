/** What hangs at a screen: the board, and what waits done to it, so that a cook goes on while the line is away. */

import { useMemo } from "react";

import { useAhead, useHub } from "../house/Connected.tsx";
import type { Asked, StationBoard, TicketCard, Wanted } from "../hub/index.ts";
import { allDay } from "../hub/boards/kitchen.ts";
import { ahead } from "./ahead.ts";

interface GoingOn {
  /** The cards as they hang here; null before there is a board. */
  readonly tickets: readonly TicketCard[] | null;
  readonly allDay: readonly Wanted[];
}

const NOTHING_YET: GoingOn = { tickets: null, allDay: [] };

/** The same for as long as neither the board nor what waits changes. */
export function useGoingOn(board: Pick<StationBoard, "tickets" | "allDay"> | null): GoingOn {
  const asked = useAhead();
  const { clock } = useHub();
  const { tickets, allDay: wanted } = board ?? {};
  return useMemo(() => {
    if (tickets === undefined || wanted === undefined) return NOTHING_YET;
    const offsetMs = clock.nowMs() - Date.now();
    const at = (one: Asked): string => new Date(one.askedAtMs + offsetMs).toISOString();
    const cards = ahead(tickets, asked, at);
    return { tickets: cards, allDay: cards === tickets ? wanted : allDay(cards, wanted) };
  }, [tickets, wanted, asked, clock]);
}
