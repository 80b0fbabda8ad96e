/** Choices that a device keeps: sound, keys, the list beside the cards. Not its business: what was chosen. */

import { useCallback, useState } from "react";
import { local } from "../house/storage.ts";

/** A yes or no that outlives the page. */
export function useChoice(
  name: string,
  byDefault: boolean | (() => boolean),
): readonly [boolean, (isChosen: boolean) => void] {
  const key = `brigade.kitchen.${name}`;
  const [isChosen, setChosen] = useState(
    () => kept(key) ?? (typeof byDefault === "function" ? byDefault() : byDefault),
  );
  const choose = useCallback(
    (one: boolean) => {
      local.setItem(key, String(one));
      setChosen(one);
    },
    [key],
  );
  return [isChosen, choose];
}

function kept(key: string): boolean | null {
  const text = local.getItem(key);
  return text === null ? null : text === "true";
}
