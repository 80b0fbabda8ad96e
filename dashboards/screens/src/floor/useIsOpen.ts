/** Whether what asked is still on the screen when the answer comes. */

import { useCallback, useEffect, useRef } from "react";

/** A function that tells whether this is still on the screen. */
export function useIsOpen(): () => boolean {
  const open = useRef(false);
  useEffect(() => {
    open.current = true;
    return () => {
      open.current = false;
    };
  }, []);
  return useCallback(() => open.current, []);
}
