/** Taking up a new version of the screens: the hub says which it serves, and a page that is older loads itself anew. */

import { useEffect, useState, useSyncExternalStore } from "react";

import { useHub } from "./Connected.tsx";
import { areHandsFull } from "./draft.ts";
import { useWords } from "./language.ts";
import { useTell } from "./Notices.tsx";
import { WORDS } from "./words.ts";

/** Two hubs of two versions must not make a page reload for ever. */
const RELOAD_AGAIN_MS_MIN = 60_000;
const RELOADED = "brigade.reloadedAt";
const LOOK_MS = 500;

/** Loads the page anew when the hub serves other screens than these, as soon as nobody is in the middle of anything. */
export function NewVersion() {
  const say = useWords(WORDS);
  const tell = useTell();
  const hub = useHub();
  const { screens } = useSyncExternalStore(hub.listen, hub.now);
  const [ours, setOurs] = useState<string | null>(null);
  useEffect(() => setOurs((first) => first ?? screens), [screens]);
  const isNewer = ours !== null && screens !== null && screens !== ours;
  useEffect(() => {
    if (!isNewer || Date.now() - Number(sessionStorage.getItem(RELOADED)) < RELOAD_AGAIN_MS_MIN) return;
    if (areHandsFull()) tell({ text: say("newVersion") });
    const looking = setInterval(() => {
      if (areHandsFull()) return;
      clearInterval(looking);
      sessionStorage.setItem(RELOADED, String(Date.now()));
      location.reload();
    }, LOOK_MS);
    return () => clearInterval(looking);
    // Told once, in the language of that moment.
  }, [isNewer]);
  return null;
}
