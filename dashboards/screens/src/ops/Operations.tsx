/**
 * The screen of whoever runs the house: first one sentence, then the figures behind it.
 *
 * It is renewed once a second, however many hubs pulse in between, so that figures change at a pace that can be read.
 * Not its business: what is normal (`norms.ts`) and what is remembered (`watch.ts`).
 */

import { memo, useMemo, useState } from "react";

import { Glass } from "../house/Age.tsx";
import { useFreshness, useRoom } from "../house/Connected.tsx";
import { LanguageChoice } from "../house/LanguageChoice.tsx";
import { useWords } from "../house/language.ts";
import { Screen } from "../house/Screen.tsx";
import type { Shift } from "../house/shift.ts";
import { useNowMs } from "../house/time.ts";
import { TopBar } from "../house/TopBar.tsx";
import { refused, WORDS as HOUSE_WORDS } from "../house/words.ts";
import type { Freshness, OpsBoard, Refusal, Role, RoomNow } from "../hub/index.ts";
import { OPS } from "./board.ts";
import { Gone } from "./Gone.tsx";
import { Ground } from "./Ground.tsx";
import { Hubs } from "./Hubs.tsx";
import { Listeners } from "./Listeners.tsx";
import { Plots } from "./Plots.tsx";
import { Refusals } from "./Refusals.tsx";
import { Saying } from "./Saying.tsx";
import { VerdictBanner } from "./VerdictBanner.tsx";
import { namesOf, NOTHING_SEEN, presence, type Watch, watched } from "./watch.ts";
import { WORDS } from "./words.ts";

/** In a demo the owner is an operator, too. */
const STAFF: ReadonlySet<Role> = new Set(["owner"]);

export function Operations() {
  const say = useWords(WORDS);
  return (
    <Screen name="ops" title={say("title")} staff={STAFF}>
      {({ shift, signOut }) => <Watched key={shift.userId} shift={shift} onSignOut={signOut} />}
    </Screen>
  );
}

interface WatchedProps {
  readonly shift: Shift;
  readonly onSignOut: () => void;
}

function Watched({ shift, onSignOut }: WatchedProps) {
  const say = useWords(WORDS);
  const room = useRoom("ops", OPS);
  const freshness = useFreshness(room);
  const watch = useWatch(room);
  if (room.refusal !== null) return <NoOperator refusal={room.refusal} name={shift.name} onSignOut={onSignOut} />;
  return (
    <>
      <TopBar title={say("title")} freshness={freshness} person={shift.name} onSignOut={onSignOut} />
      <main className="ops">
        <OncePerSecond watch={watch} isConnected={room.isConnected} freshness={freshness} shift={shift} />
      </main>
    </>
  );
}

/** What was seen in this room since the screen is open. */
function useWatch(room: RoomNow<OpsBoard>): Watch {
  const [watch, setWatch] = useState(NOTHING_SEEN);
  // A pulse proves its room in the moment in which it is heard.
  const now = watched(watch, room.board, room.provenAtMs ?? 0);
  if (now !== watch) setWatch(now);
  return now;
}

interface MomentProps {
  readonly watch: Watch;
  readonly isConnected: boolean;
  readonly freshness: Freshness;
  readonly shift: Shift;
}

function OncePerSecond({ watch, isConnected, freshness, shift }: MomentProps) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const nowMs = useNowMs();
  const isSeen = watch.board !== null;
  // What comes between two ticks waits for the next one; only the first board does not, nor the end of the line.
  const moment = useMemo(() => ({ watch, isConnected, freshness, nowMs }), [nowMs, isSeen, isConnected]);
  if (!isSeen) {
    return (
      <p className="ops__opening">{freshness.state === "unanswered" ? sayHouse("fresh.unanswered") : say("opening")}</p>
    );
  }
  return <Moment {...moment} shift={shift} />;
}

const Moment = memo(function Moment(moment: MomentProps & { readonly nowMs: number }) {
  const { watch, isConnected, freshness, nowMs, shift } = moment;
  const names = useMemo(() => namesOf(watch.hubs.map((one) => one.instance)), [watch]);
  const listed = watch.hubs.filter((one) => presence(watch, one, nowMs) !== "gone");
  const there = listed.filter((one) => presence(watch, one, nowMs) === "here");
  const shown = { watch, listed, there, names, nowMs };
  return (
    <>
      <VerdictBanner watch={watch} isConnected={isConnected} names={names} nowMs={nowMs} />
      <Glass freshness={freshness}>
        <Ground there={there} />
        <Gone watch={watch} listed={listed} names={names} />
        <Plots {...shown} />
        <div className="ops__columns">
          <div className="ops__column">
            <Hubs {...shown} />
            <Refusals there={there} names={names} />
          </div>
          <Listeners there={there} shift={shift} />
        </div>
      </Glass>
      <Saying shift={shift} />
    </>
  );
});

interface NoOperatorProps {
  readonly refusal: Refusal;
  readonly name: string;
  readonly onSignOut: () => void;
}

/** To somebody who is no operator the room does not exist. */
function NoOperator({ refusal, name, onSignOut }: NoOperatorProps) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const isForOthers = refusal.code === "not_found";
  return (
    <main className="door">
      <header className="door__head">
        <h1>{say("title")}</h1>
        <LanguageChoice />
      </header>
      <div role="alert">
        <p className="noentry">{isForOthers ? say("noOperator") : refused(sayHouse, refusal)}</p>
        {isForOthers && <p>{say("noOperatorWhy", { name })}</p>}
      </div>
      <button type="button" className="button button--main" onClick={onSignOut}>
        {say("otherPerson")}
      </button>
      <a className="door__back" href="/">
        {sayHouse("allScreens")}
      </a>
    </main>
  );
}
