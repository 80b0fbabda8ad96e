/** Orders that nobody eats here: who waits at the counter, what a rider takes along, and a new one. */

import { Dialog } from "../house/Dialog.tsx";
import { money, useWords } from "../house/language.ts";
import type { FloorOrder } from "../hub/wire.ts";
import { Minutes } from "./Minutes.tsx";
import { WORDS } from "./words.ts";

interface ElsewhereProps {
  readonly orders: readonly FloorOrder[];
  readonly onOrder: (orderId: string) => void;
  readonly onTake: (kind: "pickup" | "delivery") => void;
  readonly onClose: () => void;
}

export function Elsewhere({ orders, onOrder, onTake, onClose }: ElsewhereProps) {
  const say = useWords(WORDS);
  return (
    <Dialog title={say("elsewhere")} onClose={onClose}>
      <div className="sheet">
        <div className="deeds">
          <button type="button" className="button button--main" onClick={() => onTake("pickup")}>
            {say("newPickup")}
          </button>
          <button type="button" className="button" onClick={() => onTake("delivery")}>
            {say("newDelivery")}
          </button>
        </div>
        {orders.length === 0 && <p>{say("elsewhere.nothing")}</p>}
        <ul className="away">
          {orders.map((order) => (
            <li key={order.orderId}>
              <button
                type="button"
                className="away__order"
                data-status={order.status}
                onClick={() => onOrder(order.orderId)}
              >
                <strong className="away__who">{order.customerName ?? say("counter")}</strong>
                <span>
                  #{order.number} · {say(`kind.${order.kind}`)}
                </span>
                <span className="tag">{say(`order.${order.status}`)}</span>
                <span>
                  <Minutes since={order.placedAt} />
                </span>
                <span>{money(order.total)}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
