/** Choices that a device keeps: sound, keys, the list beside the cards. Not its business: what was chosen. */

import { useCallback, useState } from "react";

/** A yes or no that outlives the page. */
export function useChoice(name: string, byDefault: boolean): readonly [boolean, (isChosen: boolean) => void] {
  const key = `brigade.kitchen.${name}`;
  const [isChosen, setChosen] = useState(() => (localStorage.getItem(key) ?? String(byDefault)) === "true");
  const choose = useCallback(
    (one: boolean) => {
      localStorage.setItem(key, String(one));
      setChosen(one);
    },
    [key],
  );
  return [isChosen, choose];
}
