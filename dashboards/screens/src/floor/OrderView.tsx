/**
 * One open order: its lines by course and seat with how far they are, what it comes to, and what can be done about it.
 *
 * Not its business: taking more (`Taking.tsx`).
 */

import { useState } from "react";

import { money, useWords } from "../house/language.ts";
import { witness } from "../hub/index.ts";
import type { FloorOrder, OrderLine } from "../hub/wire.ts";
import { type Course, coursesOf, isDone, type LineState, mayCancel } from "./courses.ts";
import { useFloor } from "./floor.ts";
import { LineDeeds } from "./LineDeeds.tsx";
import type { AskHere } from "./useAskHere.ts";
import { useDeed } from "./useDeed.ts";
import { WORDS } from "./words.ts";

interface OrderViewProps {
  readonly order: FloorOrder;
  /** Guests at the table, as far as anybody counted. */
  readonly covers: number;
  /** Other open orders that are eaten here. */
  readonly others: readonly FloorOrder[];
  readonly ask: AskHere;
  readonly onLink: (orderId: string) => void;
}

export function OrderView({ order, covers, others, ask, onLink }: OrderViewProps) {
  const say = useWords(WORDS);
  const isEatenHere = order.kind === "dine_in";
  return (
    <section className="order" aria-label={say("orderNumber", { number: order.number })}>
      <header className="order__head">
        <h3>{say("orderNumber", { number: order.number })}</h3>
        <span className="tag">{say(`order.${order.status}`)}</span>
      </header>
      {coursesOf(order).map((course) => (
        <CourseView
          key={course.course}
          order={order}
          course={course}
          isNamed={isEatenHere}
          covers={covers}
          others={others}
          ask={ask}
        />
      ))}
      <dl className="order__sums">
        <div>
          <dt>{say("total")}</dt>
          <dd>{money(order.total)}</dd>
        </div>
        <div className="order__tax">
          <dt>{say("tax")}</dt>
          <dd>{money(order.tax)}</dd>
        </div>
      </dl>
      <OrderDeeds order={order} ask={ask} onLink={onLink} />
    </section>
  );
}

function OrderDeeds({ order, ask, onLink }: Omit<OrderViewProps, "covers" | "others">) {
  const say = useWords(WORDS);
  const { roles } = useFloor();
  const [isSure, setSure] = useState(false);
  const { orderId } = order;
  const closing = useDeed(ask, "close_order", { orderId });
  const cancelling = useDeed(ask, "cancel_order", { orderId });
  return (
    <div className="deeds">
      <button type="button" className="button" disabled={!isDone(order) || closing.isWaiting} onClick={closing.act}>
        {say("close")}
      </button>
      <button type="button" className="button" onClick={() => onLink(orderId)}>
        {say("orderLink")}
      </button>
      {mayCancel(order, roles) &&
        (isSure ? (
          <button type="button" className="button button--bad" disabled={cancelling.isWaiting} onClick={cancelling.act}>
            {say(cancelling.isWaiting ? "waits" : "cancelSurely")}
          </button>
        ) : (
          <button type="button" className="button" onClick={() => setSure(true)}>
            {say("cancelOrder")}
          </button>
        ))}
    </div>
  );
}

interface CourseViewProps extends Pick<OrderViewProps, "order" | "covers" | "others" | "ask"> {
  readonly course: Course;
  /** Food that is taken elsewhere has no courses worth naming. */
  readonly isNamed: boolean;
}

function CourseView({ order, course, isNamed, covers, others, ask }: CourseViewProps) {
  const say = useWords(WORDS);
  const about = { orderId: order.orderId, course: course.course };
  const serving = useDeed(ask, "serve_order", about, (asked) => witness.ofRunning(order, course.course, asked));
  const firing = useDeed(ask, "fire_course", about, () => witness.ofFiring(order, course.course));
  const name = isNamed ? say("course", { course: course.course }) : say("lines");
  return (
    <section className="course" aria-label={name}>
      <header className="course__head">
        <h4>{name}</h4>
        {course.readyQuantity > 0 && (
          <button type="button" className="button button--main" disabled={serving.isWaiting} onClick={serving.act}>
            {say("serveCourse", { quantity: course.readyQuantity })}
          </button>
        )}
        {course.heldQuantity > 0 && (
          <button type="button" className="button" disabled={firing.isWaiting} onClick={firing.act}>
            {say("fireCourse", { course: course.course })}
          </button>
        )}
      </header>
      <ul className="course__lines">
        {course.lines.map(({ line, state }) => (
          <LineView
            key={line.lineId}
            order={order}
            line={line}
            state={state}
            covers={covers}
            others={others}
            ask={ask}
          />
        ))}
      </ul>
    </section>
  );
}

interface LineViewProps extends Pick<OrderViewProps, "order" | "covers" | "others" | "ask"> {
  readonly line: OrderLine;
  readonly state: LineState;
}

function LineView({ order, line, state, covers, others, ask }: LineViewProps) {
  const say = useWords(WORDS);
  const [isOpen, setOpen] = useState(false);
  // What was eaten can still be another guest's to pay.
  const isOver = state === "voided" || (state === "served" && order.kind !== "dine_in");
  const { amount, currency } = line.unitPrice;
  const hows = [...line.modifiers.map((one) => one.name), ...(line.note === null ? [] : [`“${line.note}”`])];
  return (
    <li className="line" data-state={state}>
      <span className="line__quantity">{line.quantity}×</span>
      <span className="line__what">
        <span className="line__name">{line.name}</span>
        {hows.length > 0 && <span className="line__how">{hows.join(", ")}</span>}
      </span>
      <span className="line__far">
        <span className="line__state">{say(line.isDisputed ? "line.disputed" : `line.${state}`)}</span>
        {line.seat !== null && <span className="line__seat">{say("seatShort", { seat: line.seat })}</span>}
      </span>
      <span className="line__price">{money({ amount: amount * line.quantity, currency })}</span>
      {!isOver && (
        <button
          type="button"
          className="button button--quiet line__more"
          aria-expanded={isOpen}
          aria-label={say("lineMore", { name: line.name })}
          onClick={() => setOpen(!isOpen)}
        >
          …
        </button>
      )}
      {isOpen && !isOver && (
        <LineDeeds
          order={order}
          line={line}
          state={state}
          covers={covers}
          others={others}
          ask={ask}
          onDone={() => setOpen(false)}
        />
      )}
    </li>
  );
}
