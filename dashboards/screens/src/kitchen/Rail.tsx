/**
 * The rail that tickets hang on: columns that fill the screen, from top to bottom and from left to right, as paper
 * hangs.
 *
 * What does not fit hangs further along, never unseen: the rail says how many are out of sight on either side. On a
 * phone the rail is one column and is scrolled. Not its business: what is written on the cards, how they fit
 * (`fitting.ts`), and reaching them by keys (`reaching.ts`).
 */

import { type CSSProperties, type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from "react";

import { GAP_PX, railsOf, useDensity, useHanging, useSize } from "./fitting.ts";
import { Hanging } from "./hanging.ts";
import { keyOf } from "./keys.ts";
import { handleOf, type RailHandle, useBackToFirst, useKeptFocus, useMeanings } from "./reaching.ts";
import type { Sight } from "./sight.ts";

interface RailProps<T> {
  readonly label: string;
  /** In the order in which they hang, as far as that is known. */
  readonly cards: readonly T[];
  /** The order in which they are wanted. */
  readonly ids: readonly string[];
  readonly idOf: (card: T) => string;
  /** What the main act is about it. A card of which that changed is not acted on at once: another act was meant. */
  readonly actOf: (card: T) => string;
  /** How much room a card takes, in lines. */
  readonly bulkOf: (card: T) => number;
  readonly draw: (card: T) => ReactNode;
  readonly hasKeys: boolean;
  readonly handle: RefObject<RailHandle | null>;
  readonly onSight: (sight: Sight) => void;
  readonly onHung: (ids: readonly string[]) => void;
  /** What is shown where there is no card. */
  readonly empty: ReactNode;
}

export function Rail<T>(props: RailProps<T>) {
  const { label, cards, ids, idOf, actOf, bulkOf, draw, hasKeys, handle, onSight, onHung, empty } = props;
  const rail = useRef<HTMLOListElement>(null);
  const [hanging] = useState(() => new Hanging());
  const size = useSize(rail);
  const bulk = cards.reduce((sum, one) => sum + bulkOf(one), 0);
  const { density, onCrowded } = useDensity(bulk, size.widthPx);
  const rails = railsOf(size, density);
  const first = useHanging({ rail, hanging, rails, ids, onSight, onHung, onCrowded });
  const meanings = cards.map((card) => `${idOf(card)} ${actOf(card)}`);
  const { keepFocus, focused } = useKeptFocus(rail, cards.map(idOf), meanings);
  const meant = useMeanings(meanings, first);
  useBackToFirst(rail);
  useLayoutEffect(() => {
    handle.current = handleOf(rail, hanging, focused, meant);
    return () => {
      handle.current = null;
    };
  }, [handle, hanging, focused, meant]);
  const style: CSSProperties & Record<"--column" | "--gap", string> = {
    "--column": `${rails.columnPx}px`,
    "--gap": `${GAP_PX}px`,
  };
  return (
    <div className="rail__frame">
      <ol
        ref={rail}
        className="rail"
        aria-label={label}
        data-density={density}
        data-columns={rails.columns === 1 ? "one" : "many"}
        data-keys={hasKeys}
        style={style}
        onFocus={keepFocus}
      >
        {cards.map((card, at) => (
          <li key={idOf(card)} className="rail__place" data-id={idOf(card)} data-meaning={actOf(card)}>
            {hasKeys && <Key position={at - first} />}
            {draw(card)}
          </li>
        ))}
      </ol>
      {cards.length === 0 && empty}
    </div>
  );
}

/** The number on the bump bar. */
function Key({ position }: { readonly position: number }) {
  const key = keyOf(position);
  return key === null ? null : (
    <kbd className="rail__key" aria-hidden="true">
      {key}
    </kbd>
  );
}
