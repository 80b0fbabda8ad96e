/** For whom the next item is: seat, course, and, where there are open orders, which of them. */

import { useWords } from "../house/language.ts";
import type { FloorOrder, FloorTable } from "../hub/wire.ts";
import type { Pad } from "./pad.ts";
import { WORDS } from "./words.ts";

interface ForWhomProps {
  readonly table: FloorTable | undefined;
  readonly orders: readonly FloorOrder[];
  readonly orderId: string | null;
  readonly pad: Pad;
  readonly onOrder: (orderId: string | null) => void;
  readonly onPad: (how: (pad: Pad) => Pad) => void;
  readonly onTable: (tableId: string) => void;
}

/** How many courses are one tap away; a fourth is rare, and a fifth is somebody's wedding. */
const COURSES_TAPPED = [1, 2, 3, 4];

export function ForWhom({ table, orders, orderId, pad, onOrder, onPad, onTable }: ForWhomProps) {
  const say = useWords(WORDS);
  if (table === undefined) {
    return (
      <label className="taking__name">
        {say("customerName")}
        <input
          value={pad.customerName}
          maxLength={120}
          autoComplete="off"
          onChange={(event) => onPad((before) => ({ ...before, customerName: event.target.value }))}
        />
      </label>
    );
  }
  const guests = Array.from({ length: table.seating?.covers ?? table.seats }, (_, at) => at + 1);
  return (
    <div className="taking__for">
      <Chips
        label={say("seat.label")}
        chosen={pad.seat}
        all={[{ value: null, name: say("seat.table") }, ...guests.map((seat) => ({ value: seat, name: String(seat) }))]}
        onChoose={(seat) => onPad((before) => ({ ...before, seat }))}
      />
      <Chips
        label={say("course.label")}
        chosen={pad.course}
        all={COURSES_TAPPED.map((course) => ({ value: course, name: String(course) }))}
        onChoose={(course) => onPad((before) => ({ ...before, course }))}
      />
      <button type="button" className="button taking__sheet" onClick={() => onTable(table.tableId)}>
        {say("toTable")}
      </button>
      {orders.length > 0 && (
        <Chips
          label={say("addTo")}
          chosen={orderId}
          all={[
            ...orders.map((one) => ({ value: one.orderId, name: `#${one.number}` })),
            { value: null, name: say("addTo.new") },
          ]}
          onChoose={onOrder}
        />
      )}
    </div>
  );
}

interface ChipsProps<T> {
  readonly label: string;
  readonly chosen: T;
  readonly all: readonly { readonly value: T; readonly name: string }[];
  readonly onChoose: (value: T) => void;
}

/** One of a few; it stays chosen until another is. */
function Chips<T extends string | number | null>({ label, chosen, all, onChoose }: ChipsProps<T>) {
  return (
    <div className="chips" role="group" aria-label={label}>
      <span className="chips__label" aria-hidden="true">
        {label}
      </span>
      {all.map(({ value, name }) => (
        <button
          key={String(value)}
          type="button"
          className="chip"
          aria-pressed={chosen === value}
          aria-label={`${label}: ${name}`}
          onClick={() => onChoose(value)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
