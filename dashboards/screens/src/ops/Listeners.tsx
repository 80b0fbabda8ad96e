/** Who listens to what, over all hubs: by kind of room, and the busiest rooms with where they stand. */

import { type Say, useWords } from "../house/language.ts";
import type { Shift } from "../house/shift.ts";
import type { BusyRoom } from "../hub/index.ts";
import { busiestOf, placesOf, roomName } from "./house.ts";
import { useNames } from "./names.ts";
import { levelOf } from "./norms.ts";
import { figure } from "./shown.ts";
import type { HubSeen } from "./watch.ts";
import { type OpsWord, WORDS } from "./words.ts";

interface ListenersProps {
  readonly there: readonly HubSeen[];
  readonly shift: Shift;
}

export function Listeners({ there, shift }: ListenersProps) {
  const say = useWords(WORDS);
  const names = useNames(shift);
  const pulses = there.map((one) => one.pulse);
  const places = placesOf(pulses);
  const most = Math.max(1, ...places.map((one) => one.members));
  const rooms = busiestOf(pulses);
  return (
    <section className="listeners panel" aria-labelledby="rooms">
      <h2 id="rooms">{say("rooms")}</h2>
      <p className="panel__norm">{say("rooms.norm")}</p>
      <table className="kinds">
        <caption>{say("rooms.byKind")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("rooms.kind")}</th>
            <th scope="col">{say("rooms.members")}</th>
          </tr>
        </thead>
        <tbody>
          {places.map(({ kind, members }) => (
            <tr key={kind}>
              <th scope="row">{say(`kind.${kind}`)}</th>
              <td>
                <span className="kinds__bar" style={{ inlineSize: `${(members / most) * 100}%` }} />
                <span>{figure(members)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3 id="busiest">{say("rooms.busiest")}</h3>
      {rooms.length === 0 ? <p>{say("rooms.none")}</p> : <Busiest rooms={rooms} names={names} />}
    </section>
  );
}

interface BusiestProps {
  readonly rooms: readonly BusyRoom[];
  readonly names: ReadonlyMap<string, string>;
}

function Busiest({ rooms, names }: BusiestProps) {
  const say = useWords(WORDS);
  return (
    <div className="scroller scroller--low" role="group" aria-labelledby="busiest" tabIndex={0}>
      <table aria-labelledby="busiest">
        <thead>
          <tr>
            <th scope="col">{say("rooms.room")}</th>
            <th scope="col">{say("rooms.members")}</th>
            <th scope="col">{say("rooms.seq")}</th>
            <th scope="col">{say("rooms.head")}</th>
            <th scope="col">{say("rooms.behind")}</th>
          </tr>
        </thead>
        <tbody>
          {rooms.map((one) => {
            const level = levelOf("entriesBehind", one.entriesBehind);
            return (
              <tr key={one.room}>
                <th scope="row" title={one.room}>
                  {inWords(say, one.room, names)}
                </th>
                <td>{figure(one.members)}</td>
                <td>{figure(one.seq)}</td>
                <td>{figure(one.head)}</td>
                <td data-level={level}>
                  {figure(one.entriesBehind)}
                  {level !== "good" && <em className="mark">{say(`mark.${level}`)}</em>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const ID_SHOWN = 4;

/** A room as people call it; of what has no name, the end of its id. */
function inWords(say: Say<OpsWord>, room: string, names: ReadonlyMap<string, string>): string {
  const { kind, id } = roomName(room);
  const called = say(`kind.${kind}`);
  if (id === null) return called;
  return say("room.named", { kind: called, name: names.get(id) ?? `…${id.slice(-ID_SHOWN)}` });
}
