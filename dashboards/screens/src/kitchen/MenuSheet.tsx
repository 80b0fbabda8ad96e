/** What is off, what is left, and changing both from where it is known first: the kitchen. */

import { memo, type SyntheticEvent, useState } from "react";

import { useAsk } from "../house/Connected.tsx";
import { Dialog } from "../house/Dialog.tsx";
import { useWords } from "../house/language.ts";
import type { Menu } from "../hub/index.ts";
import { stateOf } from "./AllDay.tsx";
import { found, type Stock, type StockedItem } from "./menu.ts";
import { WORDS } from "./words.ts";

interface MenuSheetProps {
  readonly menu: Menu | null;
  readonly stock: Stock;
  /** The station whose items come first to mind; null at the pass. */
  readonly stationId: string | null;
  readonly onClose: () => void;
}

export function MenuSheet({ menu, stock, stationId, onClose }: MenuSheetProps) {
  const say = useWords(WORDS);
  const [text, setText] = useState("");
  const [isOurs, setOurs] = useState(stationId !== null);
  const [isOff, setOff] = useState(false);
  const fitting = menu === null ? [] : found(menu, stock, { text, stationId: isOurs ? stationId : null });
  const items = isOff ? fitting.filter((one) => one.isOff) : fitting;
  return (
    <Dialog title={say("menuTitle")} onClose={onClose} isWide>
      <div className="wish">
        <label className="wish__text">
          {say("search")}
          <input type="search" value={text} onChange={(event) => setText(event.currentTarget.value)} />
        </label>
        {stationId !== null && <Toggle label={say("onlyHere")} isOn={isOurs} onChange={setOurs} />}
        <Toggle label={say("onlyOff")} isOn={isOff} onChange={setOff} />
      </div>
      {menu === null && <p role="status">{say("menuReading")}</p>}
      {menu !== null && items.length === 0 && <p role="status">{say("menuNone")}</p>}
      <ul className="stock">
        {items.map((one) => (
          <Item key={one.itemId} {...one} />
        ))}
      </ul>
    </Dialog>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export function Toggle({ label, isOn, onChange }: ToggleProps) {
  return (
    <button type="button" className="button toggle" aria-pressed={isOn} onClick={() => onChange(!isOn)}>
      <span className="toggle__box" aria-hidden="true" />
      {label}
    </button>
  );
}

/** Drawn anew only when something about this item changed. */
const Item = memo(function Item(one: StockedItem) {
  const say = useWords(WORDS);
  const ask = useAsk();
  const [portions, setPortions] = useState("");
  const { itemId, name, isOff } = one;
  const set = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (portions === "") return;
    void ask("restore_item", { itemId, portions: Number(portions) });
    setPortions("");
  };
  return (
    <li className="stock__item" data-off={isOff}>
      <div className="stock__what">
        <h3>{name}</h3>
        <p>{stateOf(say, one)}</p>
      </div>
      <form className="stock__portions" onSubmit={set}>
        <input
          type="number"
          inputMode="numeric"
          min={0}
          max={9999}
          step={1}
          value={portions}
          placeholder={one.portionsLeft === null ? "–" : String(one.portionsLeft)}
          aria-label={say("portionsOf", { name })}
          onChange={(event) => setPortions(event.currentTarget.value)}
        />
        <button type="submit" className="button" disabled={portions === ""} aria-label={say("setOf", { name })}>
          {say("set")}
        </button>
      </form>
      <Switch one={one} />
    </li>
  );
});

/** The one button that matters: off, or back on. */
export function Switch({ one, isLong = false }: { readonly one: StockedItem; readonly isLong?: boolean }) {
  const say = useWords(WORDS);
  const ask = useAsk();
  const { itemId, name, isOff, portionsLeft } = one;
  // What was counted when it went off is still there; where nothing was left, nobody has counted what came.
  const restored = portionsLeft ? { itemId, portions: portionsLeft } : { itemId };
  const text = isOff ? say("backOnOf", { name }) : say("eightySixOf", { name });
  return (
    <button
      type="button"
      className={isOff ? "button button--main stock__switch" : "button stock__switch stock__switch--off"}
      aria-label={text}
      onClick={() => void (isOff ? ask("restore_item", restored) : ask("eighty_six_item", { itemId }))}
    >
      {isLong ? text : say(isOff ? "backOn" : "eightySix")}
    </button>
  );
}
