/**
 * The front door: what Brigade is, a restaurant's pulse, and a door to each screen.
 *
 * Signed out, and where the hub is no demo, nothing is asked of it but its welcome, and who vouches there. Not its
 * business: what is behind the doors.
 */

import { useEffect, useState } from "react";

import { Bell } from "../house/Bell.tsx";
import { Connected } from "../house/Connected.tsx";
import { LanguageChoice } from "../house/LanguageChoice.tsx";
import { useWords } from "../house/language.ts";
import { NewVersion } from "../house/NewVersion.tsx";
import { Notices } from "../house/Notices.tsx";
import { useWelcome } from "../house/Screen.tsx";
import type { Welcome } from "../house/shift.ts";
import { SignIn } from "../house/SignIn.tsx";
import { refused, WORDS as HOUSE_WORDS } from "../house/words.ts";
import type { Role } from "../hub/index.ts";
import { Doors } from "./Doors.tsx";
import { FromInvitation } from "./FromInvitation.tsx";
import { FromLetter } from "./FromLetter.tsx";
import { Houses } from "./Houses.tsx";
import { type Errand, errandIn } from "./letter.ts";
import { Registering } from "./Registering.tsx";
import { useVisitor, type Visitor } from "./visitor.ts";
import { WORDS } from "./words.ts";

export function Front() {
  const say = useWords(WORDS);
  const greeting = useWelcome();
  const visitor = useVisitor(greeting);
  const [letter, setLetter] = useLetter();
  useEffect(() => {
    document.title = say("title");
  }, [say]);
  return (
    <Notices>
      <div className="front">
        <header className="front__head">
          <p className="front__mark">
            <Bell className="front__bell" />
            Brigade
          </p>
          <LanguageChoice />
        </header>
        <main className="front__main">
          {/* On a telephone whoever comes first is seen: a letter's reader has come for nothing else. */}
          {letter?.kind === "register" && <Registering onDone={() => setLetter(null)} />}
          {letter?.kind === "invitation" && (
            <FromInvitation key={letter.token} token={letter.token} onDone={() => setLetter(null)} />
          )}
          {letter !== null && letter.kind !== "register" && letter.kind !== "invitation" && (
            <FromLetter key={letter.kind} letter={letter} onDone={() => setLetter(null)} />
          )}
          <div className="front__story">
            <h1>{say("headline")}</h1>
            <p className="front__lead">{say("lead")}</p>
            <p>{say("proof")}</p>
            <Doors greeting={greeting} token={visitor.shift?.accessToken ?? null} />
          </div>
          {letter === null && <LookIn greeting={greeting} visitor={visitor} />}
        </main>
        {greeting && <footer className="front__foot">{say("version", { version: greeting.version })}</footer>}
      </div>
    </Notices>
  );
}

/** The letter whose link was followed, also on the page that is open already; null where nobody came with one. */
function useLetter(): [Errand | null, (letter: Errand | null) => void] {
  const [letter, setLetter] = useState(() => errandIn(location.hash));
  useEffect(() => {
    const look = (): void => {
      const found = errandIn(location.hash);
      if (found === null) return;
      setLetter(found);
      // Out of the address, and so out of the browser's history.
      history.replaceState(null, "", location.pathname + location.search);
    };
    look();
    addEventListener("hashchange", look);
    return () => removeEventListener("hashchange", look);
  }, []);
  return [letter, setLetter];
}

/** Nobody is offered by a tap: where this is asked for, the hub is no demo. */
const NOBODY: ReadonlySet<Role> = new Set();

/** The pulse; or how to see it; or, until the hub was heard, that it is waited for. */
function LookIn({ greeting, visitor }: { readonly greeting: Welcome | null; readonly visitor: Visitor }) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const { shift, refusal } = visitor;
  if (shift !== null) {
    return (
      <Connected
        key={shift.sessionId}
        token={shift.accessToken}
        owner={`front.${shift.userId}`}
        speed={greeting?.demo?.speed ?? 1}
        onSentAway={visitor.sentAway}
      >
        <NewVersion />
        <Houses shift={shift} demo={greeting?.demo ?? null} onSignOut={visitor.signOut} />
      </Connected>
    );
  }
  if (greeting === null || greeting.demo !== null) {
    return (
      <section className="pulse pulse--closed" aria-label={say("pulse")}>
        <p role="status">{say("opening")}</p>
      </section>
    );
  }
  return (
    <section className="pulse pulse--closed" aria-labelledby="look-in">
      <h2 id="look-in">{say("lookIn")}</h2>
      <p>{say("lookInWhy")}</p>
      <SignIn
        screen="front"
        demo={null}
        staff={NOBODY}
        reason={refusal && refused(sayHouse, refusal)}
        onSignedIn={visitor.signedIn}
      />
    </section>
  );
}
