/** What else can be done about a ticket: rush it, start it, and eighty-six what it asks for. */

import { Dialog } from "../house/Dialog.tsx";
import { useWords } from "../house/language.ts";
import type { TicketCard } from "../hub/index.ts";
import { useActs } from "./Acts.tsx";
import { isOpen, wanted } from "./cards.ts";
import { CheckIcon, FlameIcon, RushIcon } from "./icons.tsx";
import { type Stock, stocked } from "./menu.ts";
import { Switch } from "./MenuSheet.tsx";
import { longTitleOf } from "./titles.ts";
import { WORDS } from "./words.ts";

interface CardSheetProps {
  readonly card: TicketCard;
  readonly stock: Stock;
  readonly onClose: () => void;
}

export function CardSheet({ card, stock, onClose }: CardSheetProps) {
  const say = useWords(WORDS);
  const acts = useActs();
  const does = (act: (card: TicketCard) => void) => (): void => {
    act(card);
    onClose();
  };
  const items = [...new Map(wanted(card).map((one) => [one.itemId, one.name]))];
  return (
    <Dialog title={longTitleOf(say, card)} onClose={onClose}>
      <div className="acts">
        {isOpen(card) && !card.isRushed && (
          <button type="button" className="button" onClick={does(acts.rush)}>
            <RushIcon />
            {say("rush")}
          </button>
        )}
        {card.isRushed && <p>{say("isRushed")}</p>}
        {card.status === "fired" && (
          <button type="button" className="button" onClick={does(acts.start)}>
            <FlameIcon />
            {say("start")}
          </button>
        )}
        {isOpen(card) && (
          <button type="button" className="button" onClick={does(acts.bump)}>
            <CheckIcon />
            {say("bump")}
          </button>
        )}
      </div>
      {items.length > 0 && (
        <section className="acts" aria-label={say("ranOut")}>
          <h3>{say("ranOut")}</h3>
          {items.map(([itemId, name]) => (
            <Switch key={itemId} one={stocked(itemId, name, stock)} isLong />
          ))}
        </section>
      )}
    </Dialog>
  );
}
