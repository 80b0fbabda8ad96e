/** One order that nobody eats here: the same view of it as at a table, by itself. */

import { useState } from "react";

import { Dialog } from "../house/Dialog.tsx";
import { useWords } from "../house/language.ts";
import type { FloorOrder } from "../hub/wire.ts";
import { GuestLink } from "./GuestLink.tsx";
import { OrderView } from "./OrderView.tsx";
import { useAskHere } from "./useAskHere.ts";
import { Waits } from "./Waits.tsx";
import { WORDS } from "./words.ts";

interface OrderSheetProps {
  readonly order: FloorOrder;
  readonly onClose: () => void;
}

export function OrderSheet({ order, onClose }: OrderSheetProps) {
  const say = useWords(WORDS);
  const { ask, trouble } = useAskHere();
  const [isLinked, setLinked] = useState(false);
  const who = order.customerName ?? order.tableName ?? `#${order.number}`;
  return (
    <Dialog title={say("whoElsewhere", { who, kind: say(`kind.${order.kind}`) })} onClose={onClose}>
      <div className="sheet">
        {trouble !== null && (
          <p className="trouble" role="alert">
            {trouble}
          </p>
        )}
        <Waits ids={[order.orderId]} />
        <OrderView order={order} covers={1} others={[]} ask={ask} onLink={() => setLinked(true)} />
      </div>
      {isLinked && (
        <GuestLink
          about={`/orders/${order.orderId}`}
          title={say("orderNumber", { number: order.number })}
          onClose={() => setLinked(false)}
        />
      )}
    </Dialog>
  );
}
