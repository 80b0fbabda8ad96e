/**
 * Voids that crossed a bump, above everything else at the pass: what, whose, and what becomes of it.
 *
 * Deciding takes two touches at two places, the second of which says what it does: a plate that was thrown away cannot be
 * called back. Not its business: which voids cross (`disputes.ts`).
 */

import { useRef, useState } from "react";

import { useAsked } from "../house/Connected.tsx";
import { useWords } from "../house/language.ts";
import { useActs } from "./Acts.tsx";
import { type Dispute, disputesOf, isEaten } from "./disputes.ts";
import { BinIcon, CheckIcon, CrossIcon, WarningIcon } from "./icons.tsx";
import type { TicketCard } from "../hub/index.ts";
import { isSettled } from "./settled.ts";
import { Waits } from "./Ticket.tsx";
import { longTitleOf } from "./titles.ts";
import { askedOf, waitingByCard } from "./waiting.ts";
import { type SayKitchen, WORDS } from "./words.ts";

interface DisputesProps {
  /** The tickets as the hub told of them. */
  readonly heard: readonly TicketCard[];
  readonly mayDecide: boolean;
}

export function Disputes({ heard, mayDecide }: DisputesProps) {
  const say = useWords(WORDS);
  const disputes = disputesOf(heard);
  const settled = useSettled(disputes.map((one) => one.line.lineId).join());
  if (disputes.length === 0) return null;
  return (
    <section className="disputes" aria-label={say("disputes")} role="alert">
      <ul>
        {disputes.map((one) => (
          <One key={one.line.lineId} dispute={one} mayDecide={mayDecide} isSettled={settled} />
        ))}
      </ul>
    </section>
  );
}

/** Whether these have stood where they stand for long enough to be touched on purpose. */
function useSettled(ids: string): () => boolean {
  const stood = useRef({ ids, sinceMs: performance.now() });
  if (stood.current.ids !== ids) stood.current = { ids, sinceMs: performance.now() };
  return () => isSettled(stood.current.sinceMs, performance.now());
}

interface OneProps {
  readonly dispute: Dispute;
  readonly mayDecide: boolean;
  readonly isSettled: () => boolean;
}

function One({ dispute, mayDecide, isSettled: hasStood }: OneProps) {
  const say = useWords(WORDS);
  const { card, line } = dispute;
  return (
    <li className="dispute">
      <div className="dispute__about">
        <h2 className="dispute__title">
          <WarningIcon />
          {say(isEaten(dispute) ? "dispute.eaten" : "dispute.up")}
        </h2>
        <p className="dispute__what">
          <strong>{longTitleOf(say, card)}</strong> · {line.quantity} {line.name}
          {line.modifiers.length > 0 && <span className="short__extras"> {line.modifiers.join(" · ")}</span>}
        </p>
        <p>{say(isEaten(dispute) ? "dispute.whyEaten" : "dispute.why", { station: card.stationName })}</p>
      </div>
      {mayDecide ? <Deciding dispute={dispute} isSettled={hasStood} /> : <p>{say("dispute.others")}</p>}
    </li>
  );
}

function Deciding({ dispute, isSettled: hasStood }: Omit<OneProps, "mayDecide">) {
  const say = useWords(WORDS);
  const acts = useActs();
  const asked = useAsked();
  const { card, line } = dispute;
  const [chosen, choose] = useState<{ readonly stands: boolean; readonly atMs: number } | null>(null);
  const waiting = waitingByCard(asked).get(line.lineId);
  if (waiting !== undefined) {
    return <Waits waiting={waiting} onTakeBack={() => acts.takeBack("decide_void", line.lineId)} />;
  }
  if (chosen === null) {
    const isAsked = askedOf(asked, "decide_void", line.lineId) !== undefined;
    const first = (stands: boolean) => (): void => {
      if (hasStood()) choose({ stands, atMs: performance.now() });
    };
    return (
      <div className="dispute__choice">
        {[false, true].map((stands) => (
          <button
            key={String(stands)}
            type="button"
            className="button dispute__button"
            aria-label={say("dispute.of", { what: wordOf(say, dispute, stands), title: longTitleOf(say, card) })}
            disabled={isAsked}
            onClick={first(stands)}
          >
            {stands ? isEaten(dispute) ? <CrossIcon /> : <BinIcon /> : <CheckIcon />}
            {wordOf(say, dispute, stands)}
          </button>
        ))}
      </div>
    );
  }
  const decide = (): void => {
    if (!isSettled(chosen.atMs, performance.now())) return;
    acts.decide(card, line, chosen.stands);
    choose(null);
  };
  // It stands where both words stood: a finger that bounces hits what changes nothing.
  return (
    <div className="dispute__choice" data-chosen="true">
      <button type="button" className="button dispute__button" onClick={() => choose(null)}>
        {say("dispute.notYet")}
      </button>
      <button
        type="button"
        className={chosen.stands ? "button button--bad dispute__sure" : "button button--main dispute__sure"}
        onClick={decide}
      >
        {say(`dispute.sure${chosen.stands ? "Gone" : "Kept"}${isEaten(dispute) ? "Eaten" : ""}`)}
      </button>
    </div>
  );
}

function wordOf(say: SayKitchen, dispute: Dispute, stands: boolean): string {
  if (isEaten(dispute)) return say(stands ? "dispute.offBill" : "dispute.onBill");
  return say(stands ? "dispute.bin" : "dispute.serve");
}
