/** What is off and how much is left, from the pass, for a screen that shows something else. */

import { useEffect, useMemo, useSyncExternalStore } from "react";

import { useHub } from "../house/Connected.tsx";
import { BOARDS } from "../hub/index.ts";
import type { Stock } from "./menu.ts";

const NOTHING_OFF: readonly string[] = [];
const NOTHING_COUNTED: Readonly<Record<string, number>> = {};

/** The same object until something about the stock changed, however much is cooked meanwhile. */
export function useStock(restaurantId: string): Stock {
  const hub = useHub();
  const name = `kitchen:${restaurantId}`;
  const pass = hub.room(name, BOARDS.pass);
  useEffect(() => {
    hub.room(name, BOARDS.pass);
    return () => hub.leaveSoon(name);
  }, [hub, name]);
  const eightySixed = useSyncExternalStore(pass.listen, () => pass.now().board?.eightySixed ?? NOTHING_OFF);
  const portions = useSyncExternalStore(pass.listen, () => pass.now().board?.portions ?? NOTHING_COUNTED);
  const isHeard = useSyncExternalStore(pass.listen, () => pass.now().board !== null);
  return useMemo(() => ({ isHeard, eightySixed, portions }), [isHeard, eightySixed, portions]);
}
