/** What can be done about one line that was ordered: give it to another guest, or take it back. */

import { useState } from "react";

import { useAsked } from "../house/Connected.tsx";
import { useWords } from "../house/language.ts";
import { witness } from "../hub/index.ts";
import type { FloorOrder, OrderLine } from "../hub/wire.ts";
import { isAsked } from "./asking.ts";
import { type LineState, mayVoid } from "./courses.ts";
import { useFloor } from "./floor.ts";
import { nameOf } from "./place.ts";
import type { AskHere } from "./useAskHere.ts";
import { type FloorWord, WORDS } from "./words.ts";

interface LineDeedsProps {
  readonly order: FloorOrder;
  readonly line: OrderLine;
  readonly state: LineState;
  readonly covers: number;
  /** Other orders that it could go over to. */
  readonly others: readonly FloorOrder[];
  readonly ask: AskHere;
  readonly onDone: () => void;
}

export function LineDeeds(about: LineDeedsProps) {
  const { order, state, others } = about;
  const isEatenHere = order.kind === "dine_in";
  return (
    <div className="line__deeds">
      {isEatenHere && <Seats {...about} />}
      {isEatenHere && state === "held" && others.length > 0 && <Orders {...about} />}
      {state !== "served" && <TakingBack {...about} />}
    </div>
  );
}

function Seats({ order, line, covers, ask, onDone }: LineDeedsProps) {
  const say = useWords(WORDS);
  const seats = [null, ...Array.from({ length: Math.max(covers, line.seat ?? 0) }, (_, at) => at + 1)];
  const give = (seat: number | null): void => {
    void ask("move_line", { orderId: order.orderId, lineId: line.lineId, seat });
    onDone();
  };
  return (
    <div className="chips" role="group" aria-label={say("moveToSeat")}>
      <span className="chips__label" aria-hidden="true">
        {say("moveToSeat")}
      </span>
      {seats.map((seat) => (
        <button
          key={seat ?? "table"}
          type="button"
          className="chip"
          aria-pressed={line.seat === seat}
          disabled={line.seat === seat}
          onClick={() => give(seat)}
        >
          {seat ?? say("seat.table")}
        </button>
      ))}
    </div>
  );
}

function Orders({ order, line, others, ask, onDone }: LineDeedsProps) {
  const say = useWords(WORDS);
  const [toOrderId, setToOrderId] = useState("");
  const move = (): void => {
    void ask("move_line", { orderId: order.orderId, lineId: line.lineId, toOrderId });
    onDone();
  };
  return (
    <div className="line__over">
      <label>
        {say("moveToOrder")}
        <select value={toOrderId} onChange={(event) => setToOrderId(event.target.value)}>
          <option value="" />
          {others.map((one) => (
            <option key={one.orderId} value={one.orderId}>
              {say("moveTarget", { table: nameOf(one), number: one.number })}
            </option>
          ))}
        </select>
      </label>
      <button type="button" className="button" disabled={toOrderId === ""} onClick={move}>
        {say("move")}
      </button>
    </div>
  );
}

/** The usual reasons, one tap each. */
const REASONS: readonly FloorWord[] = ["reason.changed", "reason.mistake", "reason.kitchen"];
const REASON_LENGTH_MAX = 280;

function TakingBack({ order, line, state, ask, onDone }: LineDeedsProps) {
  const say = useWords(WORDS);
  const { roles } = useFloor();
  const asked = useAsked();
  const [reason, setReason] = useState("");
  if (!mayVoid(state, roles)) return <p>{say("voidByManager")}</p>;
  const isAskedFor = isAsked(asked, "void_line", { orderId: order.orderId, lineId: line.lineId });
  const takeBack = (): void => {
    const said = reason.trim() === "" ? {} : { reason: reason.trim() };
    void ask("void_line", { ...witness.ofVoid(order, line, asked), ...said });
    onDone();
  };
  return (
    <>
      <div className="chips" role="group" aria-label={say("reason.usual")}>
        {REASONS.map((word) => (
          <button
            key={word}
            type="button"
            className="chip"
            aria-pressed={reason === say(word)}
            onClick={() => setReason(reason === say(word) ? "" : say(word))}
          >
            {say(word)}
          </button>
        ))}
      </div>
      <label>
        {say("reason")}
        <input value={reason} maxLength={REASON_LENGTH_MAX} onChange={(event) => setReason(event.target.value)} />
      </label>
      <button type="button" className="button button--bad" disabled={isAskedFor} onClick={takeBack}>
        {say("voidLine", { name: line.name })}
      </button>
    </>
  );
}
