/** One line of a ticket: how many, what, how, and what could hurt the guest. A touch marks it as done. */

import { memo } from "react";

import { useWords } from "../house/language.ts";
import type { TicketCard, TicketLine } from "../hub/index.ts";
import { useActs } from "./Acts.tsx";
import { CheckIcon, CrossIcon, NoteIcon, WarningIcon } from "./icons.tsx";
import { allergenName, WORDS } from "./words.ts";

interface LineProps {
  readonly card: TicketCard;
  readonly line: TicketLine;
  readonly isStruck: boolean;
  /** Of a voided line: whether somebody at this device has seen that it is void. */
  readonly isSeen: boolean;
}

export const Line = memo(function Line({ card, line, isStruck, isSeen }: LineProps) {
  const acts = useActs();
  if (line.isVoided) return <VoidedLine card={card} line={line} isSeen={isSeen || card.status === "voided"} />;
  return (
    <li>
      <button type="button" className="line" aria-pressed={isStruck} onClick={() => acts.strike(card, line.lineId)}>
        <Quantity line={line} />
        <What line={line} />
        {isStruck && (
          <span className="line__done">
            <CheckIcon />
          </span>
        )}
      </button>
    </li>
  );
});

function VoidedLine({ card, line, isSeen }: Omit<LineProps, "isStruck">) {
  const say = useWords(WORDS);
  const acts = useActs();
  const what = (
    <>
      <Quantity line={line} />
      <span className="line__what">
        <span className="line__void">
          <CrossIcon />
          {say("void")}
        </span>
        <s className="line__name">{line.name}</s>
        {!isSeen && <span className="line__see">{say("voidSee")}</span>}
      </span>
    </>
  );
  return (
    <li>
      {isSeen ? (
        <div className="line line--seen">{what}</div>
      ) : (
        <button type="button" className="line line--void" onClick={() => acts.see(card, line.lineId)}>
          {what}
        </button>
      )}
    </li>
  );
}

/** One goes without saying; whatever is more must not be read as one. */
function Quantity({ line }: { readonly line: TicketLine }) {
  const name = line.quantity > 1 ? "line__quantity line__quantity--many" : "line__quantity";
  return <span className={name}>{line.quantity}</span>;
}

function What({ line }: { readonly line: TicketLine }) {
  const say = useWords(WORDS);
  return (
    <span className="line__what">
      <span className="line__name">
        {line.name} {line.seat !== null && <span className="line__seat">{say("seat", { seat: line.seat })}</span>}
      </span>
      {line.modifiers.map((one, at) => (
        // The same modifier may be wanted twice; their order is fixed.
        <span key={at} className="line__modifier">
          {one}
        </span>
      ))}
      <Note note={line.note} />
      <Allergens allergens={line.allergens} />
    </span>
  );
}

export function Note({ note }: { readonly note: string | null }) {
  return (
    note !== null && (
      <span className="line__note">
        <NoteIcon />
        {note}
      </span>
    )
  );
}

export function Allergens({ allergens }: { readonly allergens: readonly string[] }) {
  const say = useWords(WORDS);
  if (allergens.length === 0) return null;
  return (
    <span className="line__allergens">
      <WarningIcon />
      <span className="unseen">{say("allergens")}</span>
      {allergens.map((one) => allergenName(say, one)).join(" · ")}
    </span>
  );
}
