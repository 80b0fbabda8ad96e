/**
 * How an item is wanted: its modifiers, how many, for whom, and a note. Added by itself as soon as nothing is left to
 * choose.
 */

import { useState } from "react";

import { Dialog } from "../house/Dialog.tsx";
import { money, useWords } from "../house/language.ts";
import type { MenuItem, ModifierGroup } from "../hub/wire.ts";
import { allergensOf, isSettled, missing, tapped } from "./choices.ts";
import { amountOf, type Jotted, type PadLine } from "./pad.ts";
import { WORDS } from "./words.ts";

interface ItemChoiceProps {
  readonly item: MenuItem;
  /** The line that is changed; null for a new one. */
  readonly line: PadLine | null;
  readonly seat: number | null;
  readonly course: number;
  /** Guests among whom to choose; 0 where nobody sits. */
  readonly covers: number;
  readonly onDone: (how: Jotted) => void;
  readonly onClose: () => void;
}

const NOTE_LENGTH_MAX = 280;
const COURSES = [1, 2, 3, 4, 5, 6, 7, 8, 9];

export function ItemChoice({ item, line, seat, course, covers, onDone, onClose }: ItemChoiceProps) {
  const say = useWords(WORDS);
  const [how, setHow] = useState({
    modifiers: line?.modifiers ?? [],
    quantity: line?.quantity ?? 1,
    note: line?.note ?? "",
    seat,
    course,
  });
  const tap = (group: ModifierGroup, id: string): void => {
    const modifiers = tapped(group, how.modifiers, id);
    const now = { ...how, modifiers };
    setHow(now);
    if (line === null && isSettled(item, modifiers)) onDone(now);
  };
  const allergens = allergensOf(item, how.modifiers);
  const lacking = missing(item, how.modifiers);
  const total = money({ amount: amountOf(how, item), currency: item.price.currency });
  return (
    <Dialog title={item.name} onClose={onClose}>
      <form
        className="choice"
        onSubmit={(event) => {
          event.preventDefault();
          if (lacking.length === 0) onDone(how);
        }}
      >
        {allergens.length > 0 && (
          <p className="choice__allergens" role="status">
            {say("allergens", { allergens: allergens.join(", ") })}
          </p>
        )}
        {item.modifierGroups.map((group) => (
          <Group key={group.id} group={group} chosen={how.modifiers} onTap={(id) => tap(group, id)} />
        ))}
        <div className="choice__row" role="group" aria-label={say("howMany")}>
          <span className="choice__label">{say("howMany")}</span>
          <button
            type="button"
            className="button"
            aria-label={say("less", { name: item.name })}
            disabled={how.quantity <= 1}
            onClick={() => setHow({ ...how, quantity: how.quantity - 1 })}
          >
            −
          </button>
          <output className="choice__quantity">{how.quantity}</output>
          <button
            type="button"
            className="button"
            aria-label={say("more", { name: item.name })}
            onClick={() => setHow({ ...how, quantity: how.quantity + 1 })}
          >
            +
          </button>
        </div>
        {covers > 0 && (
          <div className="choice__row">
            <label>
              {say("seat.label")}
              <select
                value={how.seat ?? ""}
                onChange={({ target }) => setHow({ ...how, seat: target.value === "" ? null : Number(target.value) })}
              >
                <option value="">{say("seat.table")}</option>
                {Array.from({ length: Math.max(covers, how.seat ?? 0) }, (_, at) => at + 1).map((one) => (
                  <option key={one}>{one}</option>
                ))}
              </select>
            </label>
            <label>
              {say("course.label")}
              <select value={how.course} onChange={({ target }) => setHow({ ...how, course: Number(target.value) })}>
                {COURSES.map((one) => (
                  <option key={one}>{one}</option>
                ))}
              </select>
            </label>
          </div>
        )}
        <label>
          {say("note")}
          <input
            value={how.note}
            maxLength={NOTE_LENGTH_MAX}
            autoComplete="off"
            onChange={(event) => setHow({ ...how, note: event.target.value })}
          />
        </label>
        <div className="deeds choice__deeds">
          {line !== null && (
            <button type="button" className="button" onClick={() => onDone({ quantity: 0 })}>
              {say("crossOut")}
            </button>
          )}
          <button type="submit" className="button button--main" disabled={lacking.length > 0}>
            {lacking[0] !== undefined
              ? say("chooseFirst", { group: lacking[0].name })
              : say(line === null ? "add" : "change", { total })}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface GroupProps {
  readonly group: ModifierGroup;
  readonly chosen: readonly string[];
  readonly onTap: (id: string) => void;
}

function Group({ group, chosen, onTap }: GroupProps) {
  const say = useWords(WORDS);
  return (
    <fieldset className="group">
      <legend>
        {group.name} <span className="group__bounds">{say("bounds", { min: group.min, max: group.max })}</span>
      </legend>
      <div className="group__all">
        {group.modifiers.map(({ id, name, priceDelta }) => (
          <button
            key={id}
            type="button"
            className="chip chip--big"
            aria-pressed={chosen.includes(id)}
            onClick={() => onTap(id)}
          >
            {name}
            {priceDelta.amount !== 0 && (
              <span className="chip__price">
                {priceDelta.amount > 0 ? "+" : ""}
                {money(priceDelta)}
              </span>
            )}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
