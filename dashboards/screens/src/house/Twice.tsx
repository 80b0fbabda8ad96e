/** A button for what cannot be taken back: touched once it asks whether one is sure, and touched again it does it. */

import { type MouseEvent, type ReactNode, useEffect, useState } from "react";

/** Whoever goes elsewhere takes the question back at once; whoever only looks away has so long. */
const ASKS_MS = 20_000;

interface TwiceProps {
  readonly label: ReactNode;
  /** What it asks, and what it is called then. */
  readonly sure: string;
  readonly isDisabled?: boolean;
  readonly onSure: () => void;
}

export function Twice({ label, sure, isDisabled = false, onSure }: TwiceProps) {
  const [isAsking, setAsking] = useState(false);
  useEffect(() => {
    if (!isAsking) return;
    const calming = setTimeout(() => setAsking(false), ASKS_MS);
    return () => clearTimeout(calming);
  }, [isAsking]);
  const touched = ({ detail }: MouseEvent): void => {
    // The second half of a double click is no second thought.
    if (detail > 1) return;
    setAsking(!isAsking);
    if (isAsking) onSure();
  };
  return (
    <button
      type="button"
      className={isAsking ? "button button--bad" : "button"}
      disabled={isDisabled}
      onClick={touched}
      onBlur={() => setAsking(false)}
    >
      {isAsking ? sure : label}
    </button>
  );
}
