/**
 * Taking an order, on a whole screen: the menu on one page, the pad beside it, and one tap to send and fire.
 *
 * The pad outlives a reload, and comes back if the hub says no. Not its business: the menu's items (`MenuPage.tsx`),
 * the pad's lines (`PadList.tsx`), and sending (`useSending.ts`).
 */

import { useCallback, useState } from "react";

import { useAsked } from "../house/Connected.tsx";
import { Dialog } from "../house/Dialog.tsx";
import { money, useWords } from "../house/language.ts";
import type { FloorTable, MenuItem, WaitersBoard } from "../hub/wire.ts";
import { mustChoose } from "./choices.ts";
import { useFloor } from "./floor.ts";
import { ForWhom } from "./ForWhom.tsx";
import { ItemChoice } from "./ItemChoice.tsx";
import { MenuPage } from "./MenuPage.tsx";
import { firstCourse, jot, type Jotted, type Pad, quantityOfAll, totalOf, withLine } from "./pad.ts";
import { PadList } from "./PadList.tsx";
import type { Pads } from "./pads.ts";
import { ordersAt, padName, type Place } from "./place.ts";
import { useSending } from "./useSending.ts";
import { Waits } from "./Waits.tsx";
import { WORDS } from "./words.ts";

interface TakingProps {
  readonly board: WaitersBoard;
  readonly place: Place;
  readonly pads: Pads;
  readonly onTable: (tableId: string) => void;
  readonly onClose: () => void;
}

/** What is chosen for: a new line of an item, or one that is on the pad already. */
type Choosing = { readonly itemId: string; readonly key: number | null };

export function Taking({ board, place, pads, onTable, onClose }: TakingProps) {
  const say = useWords(WORDS);
  const floor = useFloor();
  const table = place.kind === "dine_in" ? board.tables.find((one) => one.tableId === place.tableId) : undefined;
  const name = padName(floor.restaurantId, place, table);
  const pad = pads.of(name);
  const orders = table === undefined ? [] : ordersAt(board.orders, table);
  const [orderId, setOrderId] = useState<string | null>(orders.at(-1)?.orderId ?? null);
  const addTo = orders.find((one) => one.orderId === orderId) ?? null;
  const [choosing, setChoosing] = useState<Choosing | null>(null);
  const [isPadShown, showPad] = useState(false);
  const [added, setAdded] = useState("");
  const { send, isSending, trouble } = useSending({ board, place, table, name, addTo, pads, onSent: onClose });
  const change = useCallback((how: (pad: Pad) => Pad) => pads.change(name, how), [pads.change, name]);
  const add = useCallback(
    (item: MenuItem, how: Jotted = {}) => {
      change((before) => jot(before, item.id, how));
      setAdded(say("added", { name: item.name }));
    },
    [change, say],
  );
  const tap = (item: MenuItem): void => (mustChoose(item) ? setChoosing({ itemId: item.id, key: null }) : add(item));
  const title = table === undefined ? say(`taking.${place.kind}`) : say("taking.table", { name: table.name });
  return (
    <Dialog title={title} onClose={onClose} isWide>
      <div className="taking" data-pad={isPadShown}>
        <div className="taking__top">
          {trouble !== null && (
            <p className="trouble" role="alert">
              {trouble}
            </p>
          )}
          <Waits ids={[...(table ? [table.tableId] : []), ...orders.map((one) => one.orderId)]} />
          <ForWhom
            table={table}
            orders={orders}
            orderId={orderId}
            pad={pad}
            onOrder={setOrderId}
            onPad={change}
            onTable={onTable}
          />
        </div>
        <p className="unseen" role="status">
          {added}
        </p>
        <MenuPage
          menu={floor.menu}
          pad={pad}
          onTap={tap}
          onChoose={(item) => setChoosing({ itemId: item.id, key: null })}
        />
        <PadList
          pad={pad}
          isEatenHere={place.kind === "dine_in"}
          onLine={(key, now) => change((before) => withLine(before, key, now))}
          onOpen={(line) => setChoosing({ itemId: line.itemId, key: line.key })}
        />
        <Foot
          pad={pad}
          place={place}
          isSending={isSending}
          isPadShown={isPadShown}
          onShowPad={() => showPad(!isPadShown)}
          onSend={send}
          onClose={onClose}
        />
      </div>
      {choosing !== null && (
        <Choice
          choosing={choosing}
          pad={pad}
          place={place}
          table={table}
          onAdd={add}
          onPad={change}
          onClose={() => setChoosing(null)}
        />
      )}
    </Dialog>
  );
}

// What it comes to

interface FootProps extends Pick<TakingProps, "place" | "onClose"> {
  readonly pad: Pad;
  readonly isSending: boolean;
  readonly isPadShown: boolean;
  readonly onShowPad: () => void;
  readonly onSend: (isFired: boolean) => void;
}

function Foot({ pad, place, isSending, isPadShown, onShowPad, onSend, onClose }: FootProps) {
  const say = useWords(WORDS);
  const { items, menu } = useFloor();
  const isHeldUp = useAsked().some((one) => one.isHeldUp);
  const quantity = quantityOfAll(pad);
  const total = menu === null ? "" : money({ amount: totalOf(pad, items), currency: menu.currency });
  if (isSending) {
    return (
      <footer className="taking__foot">
        <p role="status">{say(isHeldUp ? "sendingHeldUp" : "sending")}</p>
        {isHeldUp && (
          <button type="button" className="button" onClick={onClose}>
            {say("backToFloor")}
          </button>
        )}
      </footer>
    );
  }
  return (
    <footer className="taking__foot">
      <button type="button" className="button taking__toggle" aria-expanded={isPadShown} onClick={onShowPad}>
        {say(isPadShown ? "backToMenu" : "padToggle", { quantity, total })}
      </button>
      <p className="taking__total">{say("padTotal", { quantity, total })}</p>
      {place.kind === "dine_in" && (
        <button type="button" className="button" disabled={quantity === 0} onClick={() => onSend(false)}>
          {say("send")}
        </button>
      )}
      <button
        type="button"
        className="button button--main"
        disabled={quantity === 0}
        onClick={() => onSend(place.kind === "dine_in")}
      >
        {place.kind === "dine_in" ? say("sendAndFire", { course: firstCourse(pad) }) : say("sendToKitchen")}
      </button>
    </footer>
  );
}

// How an item is wanted

interface ChoiceProps {
  readonly choosing: Choosing;
  readonly pad: Pad;
  readonly place: Place;
  readonly table: FloorTable | undefined;
  readonly onAdd: (item: MenuItem, how: Jotted) => void;
  readonly onPad: (how: (pad: Pad) => Pad) => void;
  readonly onClose: () => void;
}

function Choice({ choosing, pad, place, table, onAdd, onPad, onClose }: ChoiceProps) {
  const { items } = useFloor();
  const item = items.get(choosing.itemId);
  const line = pad.lines.find((one) => one.key === choosing.key);
  if (item === undefined) return null;
  const done = (how: Jotted): void => {
    if (line === undefined) onAdd(item, how);
    else onPad((before) => withLine(before, line.key, how));
    onClose();
  };
  const covers = place.kind === "dine_in" ? (table?.seating?.covers ?? table?.seats ?? 0) : 0;
  return (
    <ItemChoice
      item={item}
      line={line ?? null}
      seat={line?.seat ?? pad.seat}
      course={line?.course ?? pad.course}
      covers={covers}
      onDone={done}
      onClose={onClose}
    />
  );
}
