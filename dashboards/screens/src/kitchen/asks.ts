/**
 * Asking from a kitchen's screen: every command says where its board stood, and a no is told of the ticket it is about.
 *
 * What waited is answered when the cook has long turned to something else; so is a bump that a recall has beaten: the card
 * is back, and somebody has to be told why. Not its business: what is asked, and when.
 */

import { useCallback, useEffect, useRef } from "react";

import { type LateListener, useHub, useLateAnswers } from "../house/Connected.tsx";
import { useWords } from "../house/language.ts";
import { useTell } from "../house/Notices.tsx";
import { refused, WORDS as HOUSE_WORDS } from "../house/words.ts";
import { type Answers, type Asked, type Commands, Refusal, type TicketCard } from "../hub/index.ts";
import { courseKey } from "./courses.ts";
import { longTitleOf } from "./titles.ts";
import { type CardVerb, isCardVerb, keyOf } from "./waiting.ts";
import { WORDS } from "./words.ts";

/** What is asked about a card, and how the card is called. */
type AskOf = <V extends CardVerb>(verb: V, fields: Commands[V], title: string) => Promise<Answers[V] | undefined>;

/** A function that asks, and answers undefined where the hub said no; it stays the same for as long as the screen. */
export function useKitchenAsk(room: string): AskOf {
  const hub = useHub();
  const told = useTold();
  const latest = useRef(told);
  useEffect(() => {
    latest.current = told;
  });
  return useCallback(
    async (verb, fields, title) => {
      try {
        const answer = await hub.ask(verb, fields, room);
        latest.current(verb, fields, answer, title);
        return answer;
      } catch (no) {
        if (!(no instanceof Refusal)) throw no;
        latest.current(verb, fields, no, title);
        return undefined;
      }
    },
    [hub, room],
  );
}

/** What was asked before a reload and is answered after it, told of the card if it is still known. */
export function useLateKitchenAnswers(tickets: readonly TicketCard[]): void {
  const say = useWords(WORDS);
  const told = useTold();
  useLateAnswers((answer, asked) => {
    const { verb, fields } = asked;
    if (!isCardVerb(verb)) return false;
    const card = tickets.find((one) => isAbout(asked, one));
    told(verb, fields, answer, card === undefined ? "" : longTitleOf(say, card));
    return true;
  });
}

function isAbout(asked: Asked, card: TicketCard): boolean {
  const key = keyOf(asked);
  return key === card.ticketId || key === courseKey(card.orderId, card.course);
}

type Answered = Parameters<LateListener>[0];
type Told = (verb: CardVerb, fields: object, answer: Answered | Answers[CardVerb], title: string) => void;

function useTold(): Told {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const tell = useTell();
  return (verb, fields, answer, title) => {
    if (!(answer instanceof Refusal)) {
      if (verb === "bump_ticket" && isBeaten(fields, answer)) {
        const text = title === "" ? say("beatenUnknown") : say("beaten", { title });
        tell({ text, isBad: true, stays: true });
      }
      return;
    }
    if (answer.code === "taken_back") return;
    const why = refused(sayHouse, answer);
    const what = say(`verb.${verb}`);
    const named = title === "" ? say("notDone", { what, why }) : say("notDoneOf", { what, title, why });
    tell({ text: answer.isLate ? named : why, isBad: true, stays: answer.isLate });
  };
}

/** Whether somebody had recalled it before the bump arrived. */
function isBeaten(fields: object, answer: object): boolean {
  if (!("recalls" in fields && "recalls" in answer && "status" in answer)) return false;
  const isOpen = answer.status === "fired" || answer.status === "started";
  return isOpen && Number(answer.recalls) > Number(fields.recalls);
}
