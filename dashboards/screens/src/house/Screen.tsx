/**
 * What every staff screen has around it: signing in, the line to the hub, notices, and taking up a new version.
 *
 * Signed out, nothing is asked of the hub but its welcome. Not its business: anything that a screen shows.
 */

import { type ReactNode, useCallback, useEffect, useState } from "react";

import { forgetSeen, keptCount, type Refusal, type Role } from "../hub/index.ts";
import { Connected } from "./Connected.tsx";
import { LanguageChoice } from "./LanguageChoice.tsx";
import { useWords } from "./language.ts";
import { NewVersion } from "./NewVersion.tsx";
import { Notices } from "./Notices.tsx";
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
import { SignIn } from "./SignIn.tsx";
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
  useEffect(() => {
    document.title = `${title} · Brigade`;
  }, [title]);
  const isAtWork = shift !== null;
  useEffect(() => {
    if (isAtWork) holdShell();
  }, [isAtWork]);
  const leave = useCallback(
    (why: string | null) => {
      if (shift !== null) {
        forgetShift(name, shift);
        forgetSeen(shift.userId).catch(() => undefined);
      }
      setReason(why);
      setLeft(shift);
      setShift(null);
    },
    [name, shift],
  );
  const signOut = useCallback(() => {
    if (shift !== null) logOut(shift);
    leave(null);
  }, [shift, leave]);
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
        <SignIn screen={name} demo={greeting?.demo ?? null} staff={staff} reason={reason} onSignedIn={signedIn} />
        <a className="door__back" href="/">
          {say("allScreens")}
        </a>
      </main>
    );
  }
  return (
    <Connected token={shift.accessToken} owner={shift.userId} speed={greeting?.demo?.speed ?? 1} onSentAway={sentAway}>
      <NewVersion />
      {children({ shift, signOut, welcome: greeting })}
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
