/** Where somebody is signed in, and signing out there: on the tablet that was lost, or everywhere but here. */

import type { Session, Sessions } from "../../hub/index.ts";
import { remove } from "../api.ts";
import { useToken } from "../Connected.tsx";
import { useDoing } from "../doing.ts";
import { dayAndTime, type Say, useWords } from "../language.ts";
import { useLook } from "../looking.ts";
import { Seen } from "../Seen.tsx";
import { Twice } from "../Twice.tsx";
import { placeOf } from "./devices.ts";
import { type AccountWord, WORDS } from "./words.ts";

export function SignedIn() {
  const say = useWords(WORDS);
  const look = useLook<Sessions>("/me/sessions");
  const token = useToken();
  const { isBusy, does } = useDoing();
  const end = (ended: readonly Session[]): void =>
    void does(async () => {
      for (const { sessionId } of ended) await remove(`/me/sessions/${sessionId}`, token);
    }).then(look.again);
  return (
    <div className="sessions">
      <p>{say("sessions.what")}</p>
      <Seen look={look}>
        {({ items }) => {
          const others = items.filter((one) => !one.isThis);
          return (
            <>
              <ul className="sessions__list">
                {items.map((one) => (
                  <li key={one.sessionId} className="sessions__one">
                    <OneSession session={one} />
                    {!one.isThis && (
                      <Twice
                        label={say("sessions.end")}
                        sure={say("sessions.sure")}
                        isDisabled={isBusy}
                        onSure={() => end([one])}
                      />
                    )}
                  </li>
                ))}
              </ul>
              {others.length > 1 && (
                <Twice
                  label={say("sessions.endOthers", { count: others.length })}
                  sure={say("sessions.sureOthers", { count: others.length })}
                  isDisabled={isBusy}
                  onSure={() => end(others)}
                />
              )}
            </>
          );
        }}
      </Seen>
    </div>
  );
}

function OneSession({ session }: { readonly session: Session }) {
  const say = useWords(WORDS);
  const { device, isThis, beganAt, usedAt } = session;
  return (
    <div className="sessions__words">
      <strong>{device === null ? say("sessions.noName") : called(device, say)}</strong>
      {isThis && <em className="sessions__this">{say("sessions.this")}</em>}
      <span>{say("sessions.times", { began: dayAndTime(beganAt), used: dayAndTime(usedAt) })}</span>
    </div>
  );
}

function called(device: string, say: Say<AccountWord>): string {
  const place = placeOf(device);
  if (place === null) return device;
  const screen = say(`sessions.${place.screen}`);
  return place.system === null ? screen : say("sessions.on", { screen, system: place.system });
}
