/** What somebody sees who has no job at a screen: that it is so, how to get one, and the way out. */

import { LanguageChoice } from "./LanguageChoice.tsx";
import { useWords } from "./language.ts";
import type { Shift } from "./shift.ts";
import { useAccount } from "./TopBar.tsx";
import { WORDS } from "./words.ts";

interface NoJobProps {
  readonly shift: Shift;
  /** Why, where there is more to say than that they have none. */
  readonly why?: string | null;
  readonly onSignOut: () => void;
}

export function NoJob({ shift, why = null, onSignOut }: NoJobProps) {
  const say = useWords(WORDS);
  const account = useAccount();
  return (
    <main className="door">
      <header className="door__head">
        <h1>{shift.name}</h1>
        <LanguageChoice />
      </header>
      <p className="signin__trouble" role="alert">
        {why ?? say("wrongJob", { name: shift.name })}
      </p>
      {/* Whoever works at other screens is not new. */}
      {Object.keys(shift.roles).length === 0 && (
        <p>
          {say("newHere")} <code className="door__number">{shift.userId}</code>
        </p>
      )}
      <button type="button" className="button button--main" onClick={onSignOut}>
        {say("signOut")}
      </button>
      <button type="button" className="button" onClick={account.open}>
        {say("account")}
      </button>
      <a className="door__back" href="/">
        {say("allScreens")}
      </a>
      {account.dialog}
    </main>
  );
}
