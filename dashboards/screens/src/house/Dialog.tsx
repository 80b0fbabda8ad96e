/** A dialog: the browser's own, which keeps the focus inside, closes on Escape and gives the focus back. */

import { type ReactNode, useEffect, useId, useRef, useSyncExternalStore } from "react";

import { useHub } from "./Connected.tsx";
import { useFullHands } from "./draft.ts";
import { useWords } from "./language.ts";
import { WORDS } from "./words.ts";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** For what needs the whole screen, such as taking an order. */
  readonly isWide?: boolean;
}

export function Dialog({ title, onClose, children, isWide = false }: DialogProps) {
  const say = useWords(WORDS);
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const hub = useHub();
  const { isConnected } = useSyncExternalStore(hub.listen, hub.now);
  useFullHands(true);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  // The browser tells of a closing later than it closes; by then this one may be open again.
  const closed = (): void => {
    if (dialog.current?.open === false) onClose();
  };
  return (
    <dialog
      ref={dialog}
      className={isWide ? "dialog dialog--wide" : "dialog"}
      aria-labelledby={heading}
      onClose={closed}
    >
      <header className="dialog__head">
        <h2 id={heading}>{title}</h2>
        {/* It lies over the bar that says how old the screen is. */}
        <p className="dialog__away" role="status">
          {!isConnected && say("away")}
        </p>
        <button type="button" className="button button--quiet" onClick={onClose} aria-label={say("close")}>
          ✕
        </button>
      </header>
      <div className="dialog__body">{children}</div>
    </dialog>
  );
}
