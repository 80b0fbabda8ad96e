/** Whether one's screens are light or dark. Chosen, it is so at once: on this device, and wherever one signs in. */

import { type ChangeEvent, useEffect } from "react";

import { changePreferences, type Theme } from "../../hub/index.ts";
import { asking } from "../api.ts";
import { useToken } from "../Connected.tsx";
import { useWords } from "../language.ts";
import { liken, THEMES } from "../theme.ts";
import { Trouble } from "./Trouble.tsx";
import { useAsking } from "./useAsking.ts";
import { WORDS } from "./words.ts";

interface LooksProps {
  readonly theme: Theme;
  readonly onChange: () => void;
}

export function Looks({ theme, onChange }: LooksProps) {
  const say = useWords(WORDS);
  const token = useToken();
  const { isBusy, trouble, tries } = useAsking();
  useEffect(() => liken(theme), [theme]);
  const choose = ({ target }: ChangeEvent<HTMLSelectElement>): void => {
    const chosen = THEMES.find((one) => one === target.value) ?? theme;
    void tries(() => changePreferences(asking(token), { theme: chosen })).then((answer) => {
      if (answer === undefined) return;
      liken(answer.theme);
      onChange();
    });
  };
  return (
    <div className="account__form">
      <p>{say("looks.what")}</p>
      <label>
        {say("looks.theme")}
        <select value={theme} disabled={isBusy} onChange={choose}>
          {THEMES.map((one) => (
            <option key={one} value={one}>
              {say(`looks.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <Trouble text={trouble} />
    </div>
  );
}
