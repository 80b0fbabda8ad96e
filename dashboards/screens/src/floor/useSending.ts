/**
 * Sending a pad. It is the outbox's from that moment; if it is refused it comes back, wherever the waiter is by then.
 *
 * Not its business: what is on the pad, what is shown meanwhile, and what a reload interrupted (`useLateNo.ts`,
 * `useWishes.ts`).
 */

import { useState } from "react";

import { useHub } from "../house/Connected.tsx";
import { useTell } from "../house/Notices.tsx";
import { Refusal } from "../hub/index.ts";
import type { FloorOrder, FloorTable, WaitersBoard } from "../hub/wire.ts";
import { wishOf } from "./book.ts";
import { useFloor } from "./floor.ts";
import { firstCourse, wanted } from "./pad.ts";
import type { Pads } from "./pads.ts";
import type { Place } from "./place.ts";
import { floorRoom } from "./room.ts";
import { useAskAloud, useRefused } from "./useAskHere.ts";
import { useIsOpen } from "./useIsOpen.ts";

interface SendingProps {
  readonly board: WaitersBoard;
  readonly place: Place;
  readonly table: FloorTable | undefined;
  readonly pads: Pads;
  /** The pad's. */
  readonly name: string;
  /** The open order that gets the lines; a new one where there is none. */
  readonly addTo: FloorOrder | null;
  readonly onSent: () => void;
}

export interface Sending {
  readonly send: (isFired: boolean) => void;
  readonly isSending: boolean;
  readonly trouble: string | null;
}

export function useSending({ board, place, table, name, addTo, pads, onSent }: SendingProps): Sending {
  const hub = useHub();
  const tell = useTell();
  const sayNo = useRefused();
  const askAloud = useAskAloud();
  const { restaurantId } = useFloor();
  const [isSending, setSending] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const isOpen = useIsOpen();
  const send = (isFired: boolean): void => {
    const pad = pads.of(name);
    const lines = wanted(pad.lines, place.kind === "dine_in");
    const customer = pad.customerName.trim() === "" ? {} : { customerName: pad.customerName.trim() };
    const about = place.kind === "dine_in" ? { tableId: place.tableId } : customer;
    const asking =
      addTo === null
        ? hub.ask("place_order", { restaurantId, kind: place.kind, ...about, lines }, floorRoom(restaurantId))
        : hub.ask("add_lines", { orderId: addTo.orderId, lines }, floorRoom(restaurantId));
    // In the outbox the newest is last.
    const commandId = hub.outbox.now().at(-1)?.commandId ?? "";
    const seatingId = table?.seating?.seatingId;
    pads.send(commandId, {
      padName: name,
      pad,
      kind: place.kind,
      tableName: table?.name ?? null,
      wish: isFired && seatingId !== undefined ? wishOf(pad, seatingId, board.orders) : null,
      sentAtMs: Date.now(),
    });
    setSending(true);
    setTrouble(null);
    asking.then(
      ({ orderId }) => {
        // From here on the outbox remembers that it is to be fired.
        if (isFired) void askAloud("fire_course", { orderId, course: firstCourse(pad) });
        pads.forget(commandId);
        if (isOpen()) onSent();
      },
      (no: unknown) => {
        pads.takeBack(commandId);
        setSending(false);
        if (no instanceof Refusal && no.code === "taken_back") return;
        if (isOpen()) setTrouble(sayNo(no));
        else tell({ text: sayNo(no), isBad: true, stays: no instanceof Refusal && no.isLate });
      },
    );
  };
  return { send, isSending, trouble };
}
