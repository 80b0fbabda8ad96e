/**
 * What every staff screen has around it: signing in, the line to the hub, notices, and taking up a new version.
 *
 * Signed out, nothing is asked of the hub but its welcome, and who vouches there. Not its business: anything that a
 * screen shows.
 */

import { type ReactNode, useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";

import { forgetSeen, Hub, keptCount, type OnLate, Refusal, type Role } from "../hub/index.ts";
import { ShiftProvider } from "./AtTablet.tsx";
import { ComingIn, loadSignIn } from "./ComingIn.tsx";
import { Connected } from "./Connected.tsx";
import { LanguageChoice } from "./LanguageChoice.tsx";
import { useWords } from "./language.ts";
import { leaversNow, listenToLeavers, type OnSentAway, seeOff, seeOffLeft } from "./leaving.ts";
import { NewVersion } from "./NewVersion.tsx";
import { Notices, useTell } from "./Notices.tsx";
import {
  forgetShift,
  keepShift,
  logOut,
  placeAt,
  type ScreenName,
  type Shift,
  shiftAt,
  type Welcome,
  welcome,
} from "./shift.ts";
import { holdShell } from "./shell.ts";
import { useRenewal } from "./useRenewal.ts";
import { isNewer } from "./version.ts";
import { refused, WORDS } from "./words.ts";

interface AtWork {
  readonly shift: Shift;
  readonly signOut: () => void;
  readonly welcome: Welcome | null;
}

interface ScreenProps {
  readonly name: ScreenName;
  readonly title: string;
  /** Who has a job here. */
  readonly staff: ReadonlySet<Role>;
  readonly children: (atWork: AtWork) => ReactNode;
}

export function Screen({ name, title, staff, children }: ScreenProps) {
  return (
    <Notices>
      <Door name={name} title={title} staff={staff}>
        {children}
      </Door>
    </Notices>
  );
}

function Door({ name, title, staff, children }: ScreenProps) {
  const say = useWords(WORDS);
  const greeting = useWelcome();
  const [shift, setShift] = useState(() => shiftAt(name));
  const [reason, setReason] = useState<string | null>(null);
  const [left, setLeft] = useState<Shift | null>(null);
  const leaving = useRef<Shift | null>(null);
  useEffect(() => {
    document.title = `${title} · Brigade`;
  }, [title]);
  const isAtWork = shift !== null;
  useEffect(() => {
    if (!isAtWork) return;
    holdShell();
    loadSignIn().catch(() => undefined);
  }, [isAtWork]);
  const leave = useCallback(
    (why: string | null, isSeenOff = false) => {
      if (shift !== null) {
        forgetShift(name, shift);
        forgetSeen(shift.userId).catch(() => undefined);
      }
      setReason(why);
      setLeft(isSeenOff ? null : shift);
      setShift(null);
    },
    [name, shift],
  );
  const signOut = useCallback(() => {
    if (shift === null) return;
    const isSeenOff = shift.tabletId !== undefined;
    if (isSeenOff) leaving.current = shift;
    else void logOut(shift);
    leave(null, isSeenOff);
  }, [shift, leave]);
  const leaves = (hub: Hub): OnSentAway => {
    const leaver = leaving.current;
    leaving.current = null;
    if (leaver !== null) return seeOff(hub, leaver);
    hub.close();
    return () => undefined;
  };
  useLeftBefore();
  const over = (refusal: Refusal): void => leave(refused(say, refusal));
  const renew = useRenewal(shift, placeAt(name), { renewed: setShift, over });
  const sentAway = (refusal: Refusal): void => (refusal.code === "token_expired" ? renew() : over(refusal));
  const signedIn = (begun: Shift): void => {
    keepShift(name, begun);
    setShift(begun);
  };
  if (shift === null) {
    return (
      <main className="door">
        <header className="door__head">
          <h1>{title}</h1>
          <LanguageChoice />
        </header>
        {left !== null && <LeftBehind shift={left} />}
        <Leavers />
        <ComingIn screen={name} demo={greeting?.demo ?? null} staff={staff} reason={reason} onSignedIn={signedIn} />
        <a className="door__back" href="/">
          {say("allScreens")}
        </a>
      </main>
    );
  }
  return (
    <Connected
      token={shift.accessToken}
      owner={shift.userId}
      screen={name}
      speed={greeting?.demo?.speed ?? 1}
      onSentAway={sentAway}
      onLeave={leaves}
    >
      <NewVersion />
      <ShiftProvider value={shift}>{children({ shift, signOut, welcome: greeting })}</ShiftProvider>
    </Connected>
  );
}

/** Taps that nobody has heard wait for whoever tapped: another one's name must not stand under them. */
function LeftBehind({ shift }: { readonly shift: Shift }) {
  const say = useWords(WORDS);
  const [count, setCount] = useState(0);
  useEffect(() => void keptCount(shift.userId).then(setCount), [shift.userId]);
  return count > 0 ? <p role="status">{say("leftBehind", { count, name: shift.name })}</p> : null;
}

/** Taps of those who left a kitchen tablet, on their way under their own names. */
function Leavers() {
  const say = useWords(WORDS);
  const waiting = useSyncExternalStore(listenToLeavers, leaversNow).filter(({ count }) => count > 0);
  return waiting.map(({ shift, count }) => (
    <p key={shift.sessionId} role="status">
      {say("leaving", { count, name: shift.name })}
    </p>
  ));
}

/** Whoever was leaving when this page was closed is seen off by it now. */
function useLeftBefore(): void {
  const say = useWords(WORDS);
  const tell = useTell();
  useEffect(() => {
    seeOffLeft(({ accessToken, userId, name }, onSentAway) => {
      const onLate: OnLate = (answer) => {
        if (!(answer instanceof Refusal)) return;
        tell({ text: say("leaving.refused", { name, why: refused(say, answer) }), isBad: true, stays: true });
      };
      return new Hub({ token: accessToken, owner: userId, onSentAway, onLate });
    });
    // Once for a page.
  }, []);
}

const ASK_AGAIN_MS = 3_000;

/** What the hub says to everybody; null until it was heard. */
export function useWelcome(): Welcome | null {
  const [heard, setHeard] = useState<Welcome | null>(null);
  useEffect(() => {
    let again: ReturnType<typeof setTimeout>;
    const greeted = (greeting: Welcome): void => {
      isNewer(greeting.screens);
      setHeard(greeting);
    };
    const ask = (): void => void welcome().then(greeted, () => (again = setTimeout(ask, ASK_AGAIN_MS)));
    ask();
    return () => clearTimeout(again);
  }, []);
  return heard;
}
