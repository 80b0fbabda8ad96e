/** The bar over a staff screen: what it is, how old it is, and what is needed once a shift; below it, what was said. */

import { type ComponentType, type ReactNode, useState } from "react";

import { type Freshness, Refusal } from "../hub/index.ts";
import { Age } from "./Age.tsx";
import { SomebodyElse, useIsByPin } from "./AtTablet.tsx";
import { useDoing } from "./doing.ts";
import { LanguageChoice } from "./LanguageChoice.tsx";
import { useWords } from "./language.ts";
import { useShellIsHeld } from "./shell.ts";
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
  const isByPin = useIsByPin();
  const account = useAccount();
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
            {isByPin ? (
              <p className="bar__held">{say("tablet.own")}</p>
            ) : (
              <button type="button" className="button" onClick={account.open}>
                {say("account")}
              </button>
            )}
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
      {account.dialog}
    </div>
  );
}

interface AccountNow {
  readonly open: () => void;
  readonly dialog: ReactNode;
}

type AccountDialog = ComponentType<{ readonly onClose: () => void }>;

/** One's account, fetched when it is wanted: a kitchen that opens over a bad line does not wait for it. */
export function useAccount(): AccountNow {
  const { does } = useDoing();
  const [Shown, show] = useState<AccountDialog | null>(null);
  const open = (): void => void does(fetchAccount).then((dialog) => dialog && show(() => dialog));
  return { open, dialog: Shown !== null && <Shown onClose={() => show(null)} /> };
}

async function fetchAccount(): Promise<AccountDialog> {
  try {
    return (await import("./account/Account.tsx")).AccountDialog;
  } catch {
    throw new Refusal({ code: "unreachable", message: "The hub cannot be reached.", retry: true });
  }
}
