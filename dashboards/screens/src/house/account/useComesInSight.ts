/** What comes up in the place of something else is gone to at once: by whoever looks, and by whoever listens. */

import { type RefObject, useEffect, useRef } from "react";

export function useComesInSight<E extends HTMLElement>(): RefObject<E | null> {
  const here = useRef<E>(null);
  useEffect(() => here.current?.focus(), []);
  return here;
}
