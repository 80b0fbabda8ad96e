/** Keeps the screen of a tablet awake while the kitchen is on it. Where the device has no lock for that, nothing. */

import { useEffect } from "react";

export function useAwake(): void {
  useEffect(() => {
    if (!("wakeLock" in navigator)) return;
    let lock: WakeLockSentinel | undefined;
    let isOver = false;
    const hold = (): void => {
      if (document.visibilityState !== "visible") return;
      navigator.wakeLock.request("screen").then(
        (held) => (isOver ? void held.release() : void (lock = held)),
        // A low battery is reason enough to refuse; the screen works as well without.
        () => undefined,
      );
    };
    hold();
    document.addEventListener("visibilitychange", hold);
    return () => {
      isOver = true;
      document.removeEventListener("visibilitychange", hold);
      void lock?.release();
    };
  }, []);
}
