/** Whether the screen is one for one hand, and too narrow for a plan. As wide as `floor.css` has it. */

import { useSyncExternalStore } from "react";

const NARROW = matchMedia("(max-width: 759px)");

export function useNarrow(): boolean {
  return useSyncExternalStore(listen, () => NARROW.matches);
}

function listen(listener: () => void): () => void {
  NARROW.addEventListener("change", listener);
  return () => NARROW.removeEventListener("change", listener);
}
