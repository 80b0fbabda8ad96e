/** Taking up a new version of the screens: the hub says which it serves, and a page that is older loads itself anew. */

import { useEffect, useSyncExternalStore } from "react";

import { useHub } from "./Connected.tsx";
import { areHandsFull } from "./draft.ts";
import { useWords } from "./language.ts";
import { useTell } from "./Notices.tsx";
import { isNewer, mayReload, reload } from "./version.ts";
import { WORDS } from "./words.ts";

const LOOK_MS = 500;

/**
 * Loads the page anew when the hub serves other screens than these: as soon as nobody is in the middle of anything,
 * nothing waits for an answer, and the hub is there to be loaded from.
 */
export function NewVersion() {
  const say = useWords(WORDS);
  const tell = useTell();
  const hub = useHub();
  const { screens } = useSyncExternalStore(hub.listen, hub.now);
  const isOld = isNewer(screens);
  useEffect(() => {
    if (!isOld) return;
    if (areHandsFull()) tell({ text: say("newVersion") });
    const looking = setInterval(() => {
      const isFree = !areHandsFull() && hub.now().isConnected && hub.outbox.now().length === 0;
      if (!isFree || !mayReload(Date.now())) return;
      clearInterval(looking);
      reload();
    }, LOOK_MS);
    return () => clearInterval(looking);
    // Told once, in the language of that moment.
  }, [isOld, hub]);
  return null;
}
