/**
 * Sending a pad. It is the outbox's from that moment; if it is refused it comes back, wherever the waiter is by then.
 *
 * Not its business: what is on the pad, and what is shown meanwhile.
 */

import { useEffect, useRef, useState } from "react";

import { useHub } from "../house/Connected.tsx";
import { useTell } from "../house/Notices.tsx";
import { Refusal } from "../hub/index.ts";
import type { FloorOrder } from "../hub/wire.ts";
import { useFloor } from "./floor.ts";
import { firstCourse, wanted, withReturned } from "./pad.ts";
import type { Pads } from "./pads.ts";
import type { Place } from "./place.ts";
import { useAskAloud, useRefused } from "./useAskHere.ts";

interface SendingProps {
  readonly place: Place;
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

export function useSending({ place, name, addTo, pads, onSent }: SendingProps): Sending {
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
        ? hub.ask("place_order", { restaurantId, kind: place.kind, ...about, lines })
        : hub.ask("add_lines", { orderId: addTo.orderId, lines });
    pads.change(name, (before) => ({ ...before, customerName: "", lines: [] }));
    setSending(true);
    setTrouble(null);
    asking.then(
      ({ orderId }) => {
        if (isFired) void askAloud("fire_course", { orderId, course: firstCourse(pad) });
        if (isOpen()) onSent();
      },
      (no: unknown) => {
        pads.change(name, (since) => withReturned(since, pad));
        setSending(false);
        if (no instanceof Refusal && no.code === "taken_back") return;
        if (isOpen()) setTrouble(sayNo(no));
        else tell({ text: sayNo(no), isBad: true });
      },
    );
  };
  return { send, isSending, trouble };
}

/** A function that tells whether this is still on the screen. */
function useIsOpen(): () => boolean {
  const open = useRef(false);
  useEffect(() => {
    open.current = true;
    return () => {
      open.current = false;
    };
  }, []);
  return () => open.current;
}
