/**
 * What was bumped and is not served yet, the last one first: a touch brings it back. Before that, what was served and the
 * hub has not heard of.
 */

import { useAgeSeconds } from "../house/Connected.tsx";
import { Dialog } from "../house/Dialog.tsx";
import { stopwatch, useWords } from "../house/language.ts";
import type { TicketCard } from "../hub/index.ts";
import { useActs } from "./Acts.tsx";
import { UndoIcon } from "./icons.tsx";
import { bumped } from "./cards.ts";
import { courseKey } from "./courses.ts";
import { waitsFor } from "./Ticket.tsx";
import { longTitleOf } from "./titles.ts";
import type { Waiting } from "./waiting.ts";
import { WORDS } from "./words.ts";

/** A ticket in the tray. */
interface Laid {
  readonly card: TicketCard;
  /** What was asked about it, or its course, and waits to be sent. */
  readonly waiting: Waiting | null;
  /** By what that is called. */
  readonly key: string;
}

/** What lies in the tray: first what is served here and not yet sent, a course at a time. */
export function laidOut(
  shown: readonly TicketCard[],
  heard: readonly TicketCard[],
  waiting: ReadonlyMap<string, Waiting>,
): readonly Laid[] {
  const hanging = new Set(shown.map((one) => one.ticketId));
  const served = new Map<string, Laid>();
  for (const card of heard.filter((one) => !hanging.has(one.ticketId))) {
    const key = courseKey(card.orderId, card.course);
    const serving = waiting.get(key);
    if (serving === undefined) continue;
    const lines = [...(served.get(key)?.card.lines ?? []), ...card.lines];
    served.set(key, { card: { ...card, lines }, waiting: serving, key });
  }
  const laid = bumped(shown).map((card) => ({
    card,
    waiting: waiting.get(card.ticketId) ?? null,
    key: card.ticketId,
  }));
  return [...served.values(), ...laid];
}

interface TrayProps {
  readonly laid: readonly Laid[];
  readonly withStation: boolean;
  readonly onClose: () => void;
}

export function Tray({ laid, withStation, onClose }: TrayProps) {
  const say = useWords(WORDS);
  return (
    <Dialog title={say("trayTitle")} onClose={onClose}>
      {laid.length === 0 && <p>{say("trayEmpty")}</p>}
      <ul className="tray">
        {laid.map((one) => (
          <li key={one.key} data-waits={one.waiting !== null}>
            <div>
              <h3>
                {longTitleOf(say, one.card)}
                {withStation && one.waiting?.verb !== "serve_order" && ` · ${one.card.stationName}`}
              </h3>
              <p>{one.card.lines.map((line) => `${line.quantity} ${line.name}`).join(", ")}</p>
              {one.waiting !== null && <p className="tray__waits">{waitsFor(say, one.waiting)}</p>}
              {one.waiting === null && one.card.bumpedAt !== null && <BumpedAgo at={one.card.bumpedAt} />}
            </div>
            <WayBack laid={one} onDone={onClose} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** Taking it back, for as long as the hub cannot have heard of it; else recalling it, unless it is with the guest. */
function WayBack({ laid, onDone }: { readonly laid: Laid; readonly onDone: () => void }) {
  const say = useWords(WORDS);
  const acts = useActs();
  const { card, waiting, key } = laid;
  const title = longTitleOf(say, card);
  const does = (act: () => void) => (): void => {
    act();
    onDone();
  };
  if (waiting !== null && !waiting.wasSaid) {
    return (
      <button
        type="button"
        className="button"
        aria-label={say("takeBackOf", { what: say(`verb.${waiting.verb}`), title })}
        onClick={does(() => acts.takeBack(waiting.verb, key))}
      >
        <UndoIcon />
        {say("takeBack")}
      </button>
    );
  }
  if (waiting?.verb === "serve_order") return null;
  return (
    <button
      type="button"
      className="button"
      aria-label={say("recallOf", { title })}
      onClick={does(() => acts.recall(card))}
    >
      <UndoIcon />
      {say("recall")}
    </button>
  );
}

function BumpedAgo({ at }: { readonly at: string }) {
  const say = useWords(WORDS);
  const ageSeconds = useAgeSeconds();
  return <p className="tray__since">{say("bumpedAgo", { age: stopwatch(ageSeconds(at)) })}</p>;
}
