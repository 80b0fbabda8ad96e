/** What was bumped and is not served yet, the last one first: a touch brings it back. */

import { useAgeSeconds } from "../house/Connected.tsx";
import { Dialog } from "../house/Dialog.tsx";
import { stopwatch, useWords } from "../house/language.ts";
import type { TicketCard } from "../hub/index.ts";
import { useActs } from "./Acts.tsx";
import { UndoIcon } from "./icons.tsx";
import { longTitleOf } from "./titles.ts";
import { WORDS } from "./words.ts";

interface TrayProps {
  readonly cards: readonly TicketCard[];
  readonly withStation: boolean;
  readonly onClose: () => void;
}

export function Tray({ cards, withStation, onClose }: TrayProps) {
  const say = useWords(WORDS);
  const acts = useActs();
  return (
    <Dialog title={say("trayTitle")} onClose={onClose}>
      {cards.length === 0 && <p>{say("trayEmpty")}</p>}
      <ul className="tray">
        {cards.map((one) => (
          <li key={one.ticketId}>
            <div>
              <h3>
                {longTitleOf(say, one)}
                {withStation && ` · ${one.stationName}`}
              </h3>
              <p>{one.lines.map((line) => `${line.quantity} ${line.name}`).join(", ")}</p>
              {one.bumpedAt !== null && <BumpedAgo at={one.bumpedAt} />}
            </div>
            <button
              type="button"
              className="button"
              aria-label={say("recallOf", { title: longTitleOf(say, one) })}
              onClick={() => {
                acts.recall(one);
                onClose();
              }}
            >
              <UndoIcon />
              {say("recall")}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function BumpedAgo({ at }: { readonly at: string }) {
  const say = useWords(WORDS);
  const ageSeconds = useAgeSeconds();
  return <p className="tray__since">{say("bumpedAgo", { age: stopwatch(ageSeconds(at)) })}</p>;
}
