/** A PIN is tapped: big keys, a keyboard's digits too, and whatever is wrong said above them. */

import { useEffect, useRef, useState } from "react";

import { type PinHolder, PIN_LENGTH_MIN, Refusal } from "../../hub/index.ts";
import { after, isDue, isWhole, keyOf, type PadKey } from "./digits.ts";
import { timeOfDay, useWords } from "../language.ts";
import type { Shift } from "../shift.ts";
import { lengthOf, lockedUntilMs, signInByPin, type Tablet } from "../tablet.ts";
import { useNowMs } from "../time.ts";
import { useRefused } from "./useRefused.ts";
import { WORDS } from "./words.ts";

interface PinPadProps {
  readonly tablet: Tablet;
  readonly holder: PinHolder;
  readonly onSignedIn: (shift: Shift) => void;
  /** The tablet is none of the house's any more. */
  readonly onOver: () => void;
  readonly onLeave: () => void;
}

const KEYS: readonly PadKey[] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "erase", "0", "enter"];
/** Whoever has turned away is not waited for: the next one wants the names. */
const WAITS_MS = 60_000;

export function PinPad({ holder, onLeave, ...props }: PinPadProps) {
  const say = useWords(WORDS);
  const { digits, isBusy, trouble, press } = useTapping({ holder, onLeave, ...props });
  const group = useRef<HTMLElement>(null);
  useEffect(() => group.current?.focus(), []);
  useEffect(() => {
    const turnedAway = setTimeout(onLeave, WAITS_MS);
    return () => clearTimeout(turnedAway);
  }, [digits, trouble, onLeave]);
  useKeyboard(press);
  const marks = Math.max(digits.length, lengthOf(holder.userId) ?? PIN_LENGTH_MIN);
  return (
    <section ref={group} className="pad" aria-label={say("pad", { name: holder.name })} tabIndex={-1}>
      <h2>{holder.name}</h2>
      <p className="pad__trouble" role="alert">
        {trouble}
      </p>
      <p className="pad__marks" role="status">
        <span className="unseen">{say("pad.digits", { count: digits.length })}</span>
        {Array.from({ length: marks }, (_, at) => (
          <span key={at} className="pad__mark" data-full={at < digits.length} />
        ))}
      </p>
      <div className="pad__keys">
        {KEYS.map((key) => (
          <button
            key={key}
            type="button"
            className={key === "enter" ? "button button--main" : "button"}
            disabled={isBusy || (key === "enter" && !isWhole(digits))}
            aria-label={key === "erase" ? say("pad.erase") : undefined}
            // The keyboard's Enter is for the PIN, not for the key that was touched last.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => press(key)}
          >
            {key === "erase" ? "⌫" : key === "enter" ? say("pad.ok") : key}
          </button>
        ))}
      </div>
      <button type="button" className="button" onClick={onLeave}>
        {say("pad.notMe", { name: holder.name })}
      </button>
    </section>
  );
}

interface Tapping {
  readonly digits: string;
  readonly isBusy: boolean;
  readonly trouble: string | null;
  readonly press: (key: PadKey) => void;
}

/** What was tapped so far, and what came of it. */
function useTapping({ tablet, holder, onSignedIn, onOver, onLeave }: PinPadProps): Tapping {
  const say = useWords(WORDS);
  const inWords = useRefused();
  const [digits, setDigits] = useState("");
  const [isAsking, setAsking] = useState(false);
  const [no, setNo] = useState<Refusal | null>(null);
  const [untilMs, setUntilMs] = useState<number | null>(null);
  const isLocked = useNowMs() < (untilMs ?? 0);
  const refuse = (why: unknown): void => {
    const refusal = why instanceof Refusal ? why : new Refusal({ code: "", message: String(why), retry: true });
    setNo(refusal);
    setUntilMs(lockedUntilMs(refusal, Date.now()));
    // What was not tried may be tried again as it stands there.
    if (refusal.code !== "unreachable") setDigits("");
    if (refusal.code === "device_over") onOver();
  };
  const show = (pin: string): void => {
    setAsking(true);
    setNo(null);
    signInByPin(tablet, holder.userId, pin)
      .then(onSignedIn, refuse)
      .finally(() => setAsking(false));
  };
  const press = (key: PadKey): void => {
    if (key === "leave") return onLeave();
    if (isAsking || isLocked) return;
    if (key === "enter") return isWhole(digits) ? show(digits) : undefined;
    const next = after(digits, key);
    setDigits(next);
    setNo(null);
    if (next !== digits && isDue(next, lengthOf(holder.userId))) show(next);
  };
  const locked = (): string => say("pad.locked", { name: holder.name, time: timeOfDay(untilMs ?? 0) });
  const trouble = isLocked ? locked() : no === null || no.code === "pin_locked" ? null : inWords(no);
  return { digits, isBusy: isAsking || isLocked, trouble, press };
}

/** A keyboard's digits do the same, unless it is used to go from key to key. */
function useKeyboard(press: (key: PadKey) => void): void {
  const latest = useRef(press);
  latest.current = press;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const key = event.ctrlKey || event.metaKey || event.altKey ? null : keyOf(event.key);
      const isOnButton = event.target instanceof HTMLButtonElement || event.target instanceof HTMLSelectElement;
      if (key === null || event.repeat || (key === "enter" && isOnButton)) return;
      event.preventDefault();
      latest.current(key);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}
