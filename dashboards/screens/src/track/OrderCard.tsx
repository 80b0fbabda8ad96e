/** One order as its guest sees it: how far it is, what is on it, what it comes to. */

import { memo } from "react";

import { Bell } from "../house/Bell.tsx";
import { money, useWords } from "../house/language.ts";
import type { GuestLine, GuestOrder } from "../hub/index.ts";
import { stepsOf } from "./steps.ts";
import { WORDS } from "./words.ts";

interface OrderCardProps {
  readonly order: GuestOrder;
  /** What it is called, where the page has more than one. */
  readonly name?: string;
}

export const OrderCard = memo(function OrderCard({ order, name }: OrderCardProps) {
  const say = useWords(WORDS);
  const { status, kind, number } = order;
  return (
    <article className="order" data-status={status} aria-label={say("order", { number })}>
      <div className="order__now" role="status">
        {status === "ready" && <Bell className="order__bell" />}
        <div>
          {name !== undefined && <h2>{name}</h2>}
          <p className="order__said">{say(`status.${status}`)}</p>
          <p>{say(`status.${status}.then`, { kind })}</p>
        </div>
      </div>
      <Steps order={order} />
      <Lines order={order} />
    </article>
  );
});

function Steps({ order: { status, kind } }: { readonly order: GuestOrder }) {
  const say = useWords(WORDS);
  const steps = stepsOf(status);
  if (steps.length === 0) return null;
  return (
    <ol className="steps" aria-label={say("steps")}>
      {steps.map(({ name, state }) => (
        <li key={name} className="step" data-state={state} aria-current={state === "now" ? "step" : undefined}>
          <span className="step__dot" aria-hidden="true" />
          {say(`step.${name}`, { kind })}
          <span className="unseen">{say(`step.${state}`)}</span>
        </li>
      ))}
    </ol>
  );
}

function Lines({ order: { lines, total, tax } }: { readonly order: GuestOrder }) {
  const say = useWords(WORDS);
  // A cancelled order has none left, and comes to nothing.
  if (lines.length === 0) return null;
  return (
    <div className="lines">
      <ul aria-label={say("lines")}>
        {lines.map((line) => (
          <Line key={line.lineId} line={line} />
        ))}
      </ul>
      <dl className="lines__sums">
        <div className="lines__total">
          <dt>{say("total")}</dt>
          <dd>{money(total)}</dd>
        </div>
        {tax.amount > 0 && (
          <div>
            <dt>{say("tax")}</dt>
            <dd>{money(tax)}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}

function Line({ line: { quantity, name, modifiers, price } }: { readonly line: GuestLine }) {
  const say = useWords(WORDS);
  return (
    <li className="line">
      <span className="line__quantity">{say("quantity", { quantity })}</span>
      <span className="line__name">
        {name}
        {modifiers.length > 0 && <small>{modifiers.join(", ")}</small>}
      </span>
      <span className="line__price">{money(price)}</span>
    </li>
  );
}
