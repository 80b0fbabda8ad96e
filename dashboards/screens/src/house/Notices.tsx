/** What the screen has to tell: short notices that are read aloud, stay long enough to be read, and can be sent away. */

import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from "react";

import { useWords } from "./language.ts";
import { WORDS } from "./words.ts";

export interface Notice {
  readonly text: string;
  readonly isBad?: boolean;
  /** Something that can be done about it, for as long as the notice is there. */
  readonly action?: { readonly label: string; readonly act: () => void };
  readonly forMs?: number;
  /** Whether it stays until somebody touches it: whoever it is for may be anywhere. */
  readonly stays?: boolean;
}

type Tell = (notice: Notice) => void;

const TOLD_MS = 6_000;
/** What did not happen is told for as long as somebody may be away from the screen with both hands full. */
const TOLD_BAD_MS = 20_000;
const NOTICES_MAX = 3;
type Told = Notice & { readonly id: number };
const Telling = createContext<Tell>(() => undefined);

/** A function that tells whoever stands before the screen. */
export function useTell(): Tell {
  return useContext(Telling);
}

export function Notices({ children }: { readonly children: ReactNode }) {
  const say = useWords(WORDS);
  const [told, setTold] = useState<readonly Told[]>([]);
  const last = useRef(0);
  const drop = useCallback((id: number) => setTold((all) => all.filter((one) => one.id !== id)), []);
  const tell = useCallback<Tell>(
    (notice) => {
      const id = (last.current += 1);
      setTold((all) => withoutOldest([...all, { ...notice, id }]));
      if (notice.stays) return;
      setTimeout(() => drop(id), notice.forMs ?? (notice.isBad ? TOLD_BAD_MS : TOLD_MS));
    },
    [drop],
  );
  const board = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A dialog lies above everything but what was put there after it.
    board.current?.hidePopover?.();
    if (told.length > 0) board.current?.showPopover?.();
  }, [told]);
  return (
    <Telling.Provider value={tell}>
      {children}
      <div ref={board} className="notices" popover="manual" role="status" aria-live="polite">
        {told.map((one) => (
          <div key={one.id} className={one.isBad ? "notice notice--bad" : "notice"}>
            <span>{one.text}</span>
            {one.action && (
              <button
                type="button"
                className="button"
                onClick={() => {
                  one.action?.act();
                  drop(one.id);
                }}
              >
                {one.action.label}
              </button>
            )}
            <button
              type="button"
              className="button button--quiet"
              onClick={() => drop(one.id)}
              aria-label={say("close")}
            >
              ✕
            </button>
          </div>
        ))}
      </div>
    </Telling.Provider>
  );
}

/** What passes makes room for what is newer; what stays does not. */
function withoutOldest(told: readonly Told[]): readonly Told[] {
  const passing = told.filter((one) => !one.stays).slice(-NOTICES_MAX);
  return told.filter((one) => one.stays || passing.includes(one));
}
