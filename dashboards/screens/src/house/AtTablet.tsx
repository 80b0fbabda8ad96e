/** Whoever works at a kitchen tablet by a PIN: that it is so, and the way out, which six people take all evening. */

import { createContext, useContext, useEffect, useSyncExternalStore } from "react";

import { useHub } from "./Connected.tsx";
import { useWords } from "./language.ts";
import type { Shift } from "./shift.ts";
import { loadTabletDoor } from "./tablet/loading.ts";
import { Twice } from "./Twice.tsx";
import { WORDS } from "./words.ts";

const Here = createContext<Shift | null>(null);

/** Whose shift it is, for all below. */
export const ShiftProvider = Here.Provider;

/** Whether this shift began with a PIN, and so is for what a dinner is made of. */
export function useIsByPin(): boolean {
  return useContext(Here)?.tabletId !== undefined;
}

interface SomebodyElseProps {
  readonly person: string;
  readonly onLeave: () => void;
}

/** One touch, and the names are back. Without the network it asks first: nobody could come in after that. */
export function SomebodyElse({ person, onLeave }: SomebodyElseProps) {
  const say = useWords(WORDS);
  const hub = useHub();
  const { isConnected } = useSyncExternalStore(hub.listen, hub.now);
  useEffect(() => void loadTabletDoor().catch(() => undefined), []);
  const label = (
    <span className="bar__else">
      <strong className="bar__person">{person}</strong>
      <span>{say("tablet.else")}</span>
    </span>
  );
  return (
    <div className="bar__leave">
      {isConnected ? (
        <button type="button" className="button" onClick={onLeave}>
          {label}
        </button>
      ) : (
        <Twice label={label} sure={say("tablet.sureOffline")} onSure={onLeave} />
      )}
    </div>
  );
}
