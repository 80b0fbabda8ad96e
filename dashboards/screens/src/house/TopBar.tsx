/** The bar over a staff screen: what it is, how old it is, and what is needed once a shift; below it, what was said. */

import { type ReactNode, useState } from "react";

import type { Freshness } from "../hub/index.ts";
import { Age } from "./Age.tsx";
import { LanguageChoice } from "./LanguageChoice.tsx";
import { useWords } from "./language.ts";
import { useShellIsHeld } from "./shell.ts";
import { SignedInDialog } from "./SignedIn.tsx";
import { Standing } from "./Standing.tsx";
import { WORDS } from "./words.ts";

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
  const [isLooking, setLooking] = useState(false);
  return (
    <div className="top">
      <header className="bar">
        <h1 className="bar__title">{title}</h1>
        <Age freshness={freshness} />
        <div className="bar__middle">{children}</div>
        <details className="bar__more">
          <summary className="button button--quiet">{say("menu")}</summary>
          <div className="bar__sheet">
            <p>{person}</p>
            {isHeld !== null && <p className="bar__held">{say(isHeld ? "shell.held" : "shell.notHeld")}</p>}
            <LanguageChoice />
            <button type="button" className="button" onClick={() => setLooking(true)}>
              {say("sessions")}
            </button>
            <a className="button" href="/">
              {say("allScreens")}
            </a>
            <button type="button" className="button" onClick={onSignOut}>
              {say("signOut")}
            </button>
          </div>
        </details>
      </header>
      <Standing />
      {isLooking && <SignedInDialog onClose={() => setLooking(false)} />}
    </div>
  );
}
