/**
 * The page that a guest's link opens: one order, or the orders of the party at its table.
 *
 * Nobody signs in, and the link is kept nowhere but in the address. Not its business: whether the link holds, which
 * the hub says, and anything that only staff may see.
 */

import { useCallback, useEffect, useState } from "react";

import { Bell } from "../house/Bell.tsx";
import { Connected } from "../house/Connected.tsx";
import { LanguageChoice } from "../house/LanguageChoice.tsx";
import { useWords } from "../house/language.ts";
import { NewVersion } from "../house/NewVersion.tsx";
import { StandingForGuests } from "../house/Standing.tsx";
import type { Refusal } from "../hub/index.ts";
import { type Link, linkIn } from "./link.ts";
import { OrderPage } from "./OrderPage.tsx";
import { type Over, overBy } from "./over.ts";
import { TablePage } from "./TablePage.tsx";
import { WORDS } from "./words.ts";

export function Track() {
  const [link] = useState(() => linkIn(location.pathname));
  return (
    <div className="track">
      {link === null ? <Farewell over="wrong" /> : <Opened link={link} />}
      <footer className="track__foot">
        <p className="track__mark">
          <Bell className="track__bell" />
          Brigade
        </p>
        <LanguageChoice />
      </footer>
    </div>
  );
}

function Opened({ link }: { readonly link: Link }) {
  const [over, setOver] = useState<Over | null>(null);
  const refused = useCallback((refusal: Refusal) => setOver((first) => first ?? overBy(refusal)), []);
  // Taken off the page, the line is closed: what is over is not asked for again.
  if (over !== null) return <Farewell over={over} />;
  const Page = link.opens === "order" ? OrderPage : TablePage;
  return (
    <Connected token={link.token} owner="guest" onSentAway={refused}>
      <NewVersion />
      <StandingForGuests />
      <Page room={link.room} onRefused={refused} />
    </Connected>
  );
}

function Farewell({ over }: { readonly over: Over }) {
  const say = useWords(WORDS);
  const title = say(`over.${over}`);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <main className="track__main farewell">
      <Bell className="farewell__bell" />
      <div role="status">
        <h1>{title}</h1>
        <p>{say(`over.${over}.then`)}</p>
      </div>
    </main>
  );
}
