/** The bar over a staff screen: what it is, how old it is, and what is needed once a shift; below it, what was said. */

import { lazy, type ReactNode, Suspense, useState } from "react";

import type { Freshness } from "../hub/index.ts";
import { Age } from "./Age.tsx";
import { SomebodyElse, useIsByPin } from "./AtTablet.tsx";
import { Dialog } from "./Dialog.tsx";
import { LanguageChoice } from "./LanguageChoice.tsx";
import { useWords } from "./language.ts";
import { PinSetting } from "./PinSetting.tsx";
import { useShellIsHeld } from "./shell.ts";
import { Standing } from "./Standing.tsx";
import { WORDS } from "./words.ts";

// Looked at once in a while; the screen itself is wanted at once.
const SignedIn = lazy(async () => ({ default: (await import("./SignedIn.tsx")).SignedIn }));

interface TopBarProps {
  readonly title: string;
  readonly freshness: Freshness;
  readonly person: string;
  readonly onSignOut: () => void;
  /** What this screen has beside its title: tabs, counts, choices. */
  readonly children?: ReactNode;
}

export function TopBar({ title, freshness, person, onSignOut, children }: TopBarProps) {
  const say = useWords(WORDS);
  const isHeld = useShellIsHeld();
  const isByPin = useIsByPin();
  const [open, setOpen] = useState<"sessions" | "pin" | null>(null);
  return (
    <div className="top">
      <header className="bar">
        <h1 className="bar__title">{title}</h1>
        <Age freshness={freshness} />
        <div className="bar__middle">{children}</div>
        {isByPin && <SomebodyElse person={person} onLeave={onSignOut} />}
        <details className="bar__more">
          <summary className="button button--quiet">{say("menu")}</summary>
          <div className="bar__sheet">
            <p>{person}</p>
            {isHeld !== null && <p className="bar__held">{say(isHeld ? "shell.held" : "shell.notHeld")}</p>}
            <LanguageChoice />
            {isByPin ? <p className="bar__held">{say("tablet.own")}</p> : <Own onOpen={setOpen} />}
            <a className="button" href="/">
              {say("allScreens")}
            </a>
            {!isByPin && (
              <button type="button" className="button" onClick={onSignOut}>
                {say("signOut")}
              </button>
            )}
          </div>
        </details>
      </header>
      <Standing />
      {open === "sessions" && (
        <Dialog title={say("sessions")} onClose={() => setOpen(null)}>
          <Suspense fallback={null}>
            <SignedIn />
          </Suspense>
        </Dialog>
      )}
      {open === "pin" && (
        <Dialog title={say("pin.own")} onClose={() => setOpen(null)}>
          <PinSetting />
        </Dialog>
      )}
    </div>
  );
}

/** What is of one's own account, and so for nobody who came in by a PIN. */
function Own({ onOpen }: { readonly onOpen: (what: "sessions" | "pin") => void }) {
  const say = useWords(WORDS);
  return (
    <>
      <button type="button" className="button" onClick={() => onOpen("sessions")}>
        {say("sessions")}
      </button>
      <button type="button" className="button" onClick={() => onOpen("pin")}>
        {say("pin.own")}
      </button>
    </>
  );
}
