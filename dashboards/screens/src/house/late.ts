/** Noticing that something takes longer than people wait without a word. */

import { useEffect, useState } from "react";

const PATIENCE_MS = 4_000;

/** Whether this has gone on for so long that something should be said. */
export function useIsLate(isGoingOn: boolean): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!isGoingOn) return;
    const waiting = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(waiting);
  }, [isGoingOn]);
  return isLate;
}
