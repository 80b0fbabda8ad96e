/**
 * Whoever leaves a kitchen tablet before all that they tapped was heard: it goes out under their own name, and only then
 * does their session end.
 *
 * Six people share a tablet, and who leaves it may not be back today: what waits must wait for the network, not for them.
 * Who is leaving is kept, so that a tablet that loses its power sends it all the same. Not its business: sending
 * (`../hub/outbox.ts`).
 */

import { type Hub, keptCount, type Refusal } from "../hub/index.ts";
import { goOn } from "./renewal.ts";
import { logOut, type Shift } from "./shift.ts";
import { local } from "./storage.ts";

/** Somebody who is leaving, and how many of their taps nobody has heard. */
export interface Leaver {
  readonly shift: Shift;
  readonly count: number;
}

/** What of a hub's client is needed of somebody who only leaves. */
export type LastLine = Pick<Hub, "carry" | "close" | "lookAway"> & {
  readonly outbox: Pick<Hub["outbox"], "now" | "listen">;
};

/** Told when the hub sends the line away. */
export type OnSentAway = (refusal: Refusal) => void;

const NAME = "brigade.leaving";
const LOOK_MS = 5_000;

let leavers: readonly Leaver[] = [];
const listeners = new Set<() => void>();

export const leaversNow = (): readonly Leaver[] => leavers;

export function listenToLeavers(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/**
 * Have a line send what is left on it, and then end its shift. Answers who is told from now on when it is sent away.
 *
 * `kept` counts what the device keeps of theirs, for a line that has not read it yet.
 */
export function seeOff(
  line: LastLine,
  leaving: Shift,
  kept: () => Promise<number> = () => Promise.resolve(0),
): OnSentAway {
  line.lookAway();
  let shift = leaving;
  let isOver = false;
  let hasRead = line.outbox.now().length > 0;
  const keep = (next: Shift): void => {
    shift = next;
    tell(shift, line.outbox.now().length);
  };
  const place = { name: `leaving.${shift.sessionId}`, now: () => shift, keep };
  const end = (isSignedOut: boolean): void => {
    if (isOver) return;
    isOver = true;
    clearInterval(looking);
    stopListening();
    renewal.stop();
    line.close();
    tell(shift, null);
    if (!isSignedOut) logOut(shift);
  };
  const look = async (): Promise<void> => {
    const count = line.outbox.now().length;
    hasRead ||= count > 0 || (await kept()) === 0;
    if (isOver) return;
    if (count > 0) tell(shift, count);
    else if (hasRead) end(false);
  };
  const renewal = goOn(leaving, place, { renewed: (next) => line.carry(next.accessToken), over: () => end(true) });
  const stopListening = line.outbox.listen(() => void look());
  const looking = setInterval(() => void look(), LOOK_MS);
  tell(shift, line.outbox.now().length);
  void look();
  return (refusal) => (refusal.code === "token_expired" ? renewal.now() : end(true));
}

/** Who was leaving when the page was closed, each with the shift that they still have. */
export function leftBefore(): readonly Shift[] {
  try {
    const kept: readonly Shift[] = JSON.parse(local.getItem(NAME) ?? "[]");
    return kept.filter((one) => typeof one.refreshToken === "string");
  } catch {
    return [];
  }
}

/** See off whoever was leaving when the page was closed; `open` opens a line for one of them. */
export function seeOffLeft(open: (shift: Shift, onSentAway: OnSentAway) => LastLine): void {
  for (const shift of leftBefore()) {
    if (leavers.some((one) => one.shift.sessionId === shift.sessionId)) continue;
    let sentAway: OnSentAway = () => undefined;
    const line = open(shift, (refusal) => sentAway(refusal));
    sentAway = seeOff(line, shift, () => keptCount(shift.userId));
  }
}

/** So many of their taps are left; with null, they have gone. */
function tell(shift: Shift, count: number | null): void {
  const others = leavers.filter((one) => one.shift.sessionId !== shift.sessionId);
  leavers = count === null ? others : [...others, { shift, count }];
  // Another page of this device may see others off.
  const kept = leftBefore().filter((one) => one.sessionId !== shift.sessionId);
  if (count !== null) local.setItem(NAME, JSON.stringify([...kept, shift]));
  else if (kept.length > 0) local.setItem(NAME, JSON.stringify(kept));
  else local.removeItem(NAME);
  for (const listener of listeners) listener();
}
