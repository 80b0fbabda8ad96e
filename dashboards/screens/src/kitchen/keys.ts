/**
 * The bump bar: which key does what. A box with ten buttons and a cable is, to a browser, a keyboard.
 *
 * Not its business: what the acts do.
 */

import { useEffect, useRef } from "react";

export type KeyAct =
  | { readonly act: "bump"; readonly position: number }
  | { readonly act: "recall" | "undo" | "help" | "page_on" | "page_back" | "main" }
  | { readonly act: "move"; readonly to: "previous" | "next" | "left" | "right" };

/** Cards that have a number. The tenth is 0, as on the keyboard. */
export const POSITIONS_MAX = 10;

const ACTS: Readonly<Record<string, KeyAct>> = {
  r: { act: "recall" },
  Backspace: { act: "recall" },
  u: { act: "undo" },
  "?": { act: "help" },
  Enter: { act: "main" },
  PageDown: { act: "page_on" },
  PageUp: { act: "page_back" },
  ArrowUp: { act: "move", to: "previous" },
  ArrowDown: { act: "move", to: "next" },
  ArrowLeft: { act: "move", to: "left" },
  ArrowRight: { act: "move", to: "right" },
};

/** What a key means; null for all the others. */
export function actOf(key: string): KeyAct | null {
  if (/^\d$/.test(key)) return { act: "bump", position: key === "0" ? POSITIONS_MAX - 1 : Number(key) - 1 };
  return ACTS[key] ?? ACTS[key.toLowerCase()] ?? null;
}

/** What the card in this position, counted from zero, is called on the bump bar; null where there is no key for it. */
export function keyOf(position: number): string | null {
  return position >= 0 && position < POSITIONS_MAX ? String((position + 1) % POSITIONS_MAX) : null;
}

/** Whether a key is meant for the kitchen, and not for a field, a dialog or the browser. */
function isMeantForUs(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return false;
  if (document.querySelector("dialog[open]") !== null) return false;
  if (!(event.target instanceof Element)) return true;
  // On a button Enter is the button's; on a card it is the card's.
  if (event.key === "Enter") return event.target.matches("[data-place]");
  return event.target.closest("input, select, textarea, details[open]") === null;
}

/** Act on keys for as long as they are switched on. */
export function useKeys(isOn: boolean, act: (one: KeyAct) => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (!isOn) return;
    const pressed = (event: KeyboardEvent): void => {
      const one = isMeantForUs(event) ? actOf(event.key) : null;
      if (one === null) return;
      event.preventDefault();
      latest.current(one);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [isOn]);
}
