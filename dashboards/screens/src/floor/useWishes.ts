/**
 * Courses that were to be fired with what was sent, where a reload came between: somebody is reminded, and taps once.
 *
 * They are not fired by themselves, for meanwhile somebody may have decided otherwise. Not its business: how they are
 * shown.
 */

import { useEffect, useMemo } from "react";

import { useAsked } from "../house/Connected.tsx";
import type { FloorOrder } from "../hub/wire.ts";
import type { Wished } from "./attention.ts";
import { wishNow, WISH_MS_MAX } from "./book.ts";
import type { Pads } from "./pads.ts";

const NO_ORDERS: readonly FloorOrder[] = [];

export function useWishes(orders: readonly FloorOrder[] = NO_ORDERS, pads: Pads): readonly Wished[] {
  const { sent, isAwaited, forget } = pads;
  const asked = useAsked();
  const all = useMemo(() => {
    const waiting = new Set(asked.map((one) => one.commandId));
    return Object.entries(sent).flatMap(([commandId, { wish, sentAtMs }]) => {
      const isOpen = wish !== null && !isAwaited(commandId) && !waiting.has(commandId);
      if (!isOpen || Date.now() - sentAtMs > WISH_MS_MAX) return [];
      return [{ commandId, course: wish.course, now: wishNow(wish, orders) }];
    });
  }, [sent, isAwaited, asked, orders]);
  useEffect(() => {
    for (const { commandId, now } of all) if (now.is === "over") forget(commandId);
  }, [all, forget]);
  return useMemo(
    () => all.flatMap(({ course, now }) => (now.is === "open" ? [{ orderId: now.order.orderId, course }] : [])),
    [all],
  );
}
