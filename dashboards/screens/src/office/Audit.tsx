/** Who changed what about the house, newest first: what it was, and what it is since. */

import { type ReactNode, useMemo, useState } from "react";

import { dayAndTime, useWords } from "../house/language.ts";
import { useLook } from "../house/looking.ts";
import { Seen } from "../house/Seen.tsx";
import { WORDS as HOUSE_WORDS } from "../house/words.ts";
import type {
  AuditEntry,
  Audit as AuditPage,
  Colleagues,
  Devices,
  Items,
  Keys,
  SectionNames,
  Sections,
  Stations,
} from "../hub/index.ts";
import { changesOf, knownBy } from "./changes.ts";
import { type Known, type Names, namesOf, whoIs } from "./names.ts";
import { usePlace } from "./place.ts";
import { actionName, fieldName, Value } from "./Value.tsx";
import { WholeAudit } from "./WholeAudit.tsx";
import { ANY, queryOf, type Wanted } from "./wanted.ts";
import { WORDS } from "./words.ts";

export function Audit() {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const { restaurantId } = usePlace();
  const [wanted, setWanted] = useState(ANY);
  // Of every page that was turned, where the one after it begins.
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const look = useLook<AuditPage>(`/restaurants/${restaurantId}/audit?${queryOf(wanted, cursors.at(-1) ?? null)}`);
  const { known, isAsked } = useKnown(restaurantId);
  const names = useMemo(() => namesOf(known, look.seen?.items ?? []), [known, look.seen]);
  const want = (one: Wanted): void => {
    setWanted(one);
    setCursors([]);
  };
  return (
    <section className="sheet" aria-labelledby="audit">
      <h2 id="audit">{say("page.audit")}</h2>
      <p>{say("audit.what")}</p>
      <WholeAudit restaurantId={restaurantId} />
      <Looking wanted={wanted} known={known} onWant={want} />
      <Seen look={look}>
        {({ items, nextCursor }) => (
          <>
            {/* Nobody is called somebody only because their name is still on its way. */}
            {isAsked && <p role="status">{sayHouse("look.asking")}</p>}
            {items.length === 0 && <p role="status">{say("audit.none")}</p>}
            <ol className="audit">
              {(isAsked ? [] : items).map((one) => (
                <Entry key={one.seq} entry={one} names={names} />
              ))}
            </ol>
            <div className="keys__deeds">
              {cursors.length > 0 && (
                <button type="button" className="button" onClick={() => setCursors(cursors.slice(0, -1))}>
                  {say("audit.newer")}
                </button>
              )}
              {nextCursor !== null && (
                <button type="button" className="button" onClick={() => setCursors([...cursors, nextCursor])}>
                  {say("audit.older")}
                </button>
              )}
            </div>
          </>
        )}
      </Seen>
    </section>
  );
}

interface Knowing {
  readonly known: Known;
  /** Whether the people's names are asked for, and neither known nor refused. */
  readonly isAsked: boolean;
}

/** The names of the house, for what entries name by id. What cannot be read is named by nobody. */
function useKnown(restaurantId: string): Knowing {
  const about = `/restaurants/${restaurantId}`;
  const { seen: people, refusal } = useLook<Colleagues>(`${about}/people`);
  const keys = useLook<Keys>(`${about}/keys`).seen;
  const devices = useLook<Devices>(`${about}/devices`).seen;
  const items = useLook<Items>(`${about}/items`).seen;
  const stations = useLook<Stations>(`${about}/stations`).seen;
  const sections = useLook<SectionNames>(`${about}/menu/sections`).seen;
  const areas = useLook<Sections>(`${about}/sections`).seen;
  const known = useMemo(
    () => ({ people, keys, devices, items, stations, sections, areas }),
    [people, keys, devices, items, stations, sections, areas],
  );
  return { known, isAsked: people === null && refusal === null };
}

/** What is noted of a restaurant, in the order in which owners ask about it. */
const ACTIONS = [
  "give_role",
  "take_role",
  "invite_person",
  "send_invitation_again",
  "withdraw_invitation",
  "accept_invitation",
  "make_key",
  "change_key",
  "rotate_key",
  "revoke_key",
  "sign_in_at_device",
  "lock_pin",
  "enroll_device",
  "rename_device",
  "rotate_device",
  "revoke_device",
  "add_item",
  "change_item",
  "remove_item",
  "add_menu_section",
  "add_station",
  "set_station_backup",
  "add_section",
  "add_table",
  "change_table",
  "remove_table",
  "void_line",
  "cancel_order",
  "decide_void",
  "delete_account",
] as const;

interface LookingProps {
  readonly wanted: Wanted;
  readonly known: Known;
  readonly onWant: (wanted: Wanted) => void;
}

function Looking({ wanted, known, onWant }: LookingProps) {
  const say = useWords(WORDS);
  const people = known.people?.items.map((one) => ({ actor: `user:${one.userId}`, name: one.name })) ?? [];
  const keys = known.keys?.items.map((one) => ({ actor: `key:${one.keyId}`, name: one.name })) ?? [];
  return (
    <form className="looking" onSubmit={(event) => event.preventDefault()} aria-label={say("audit.looking")}>
      <Choice label={say("audit.who")} value={wanted.actor} onChoose={(actor) => onWant({ ...wanted, actor })}>
        <option value="">{say("audit.anybody")}</option>
        {[...people, ...keys].map(({ actor, name }) => (
          <option key={actor} value={actor}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice label={say("audit.did")} value={wanted.action} onChoose={(action) => onWant({ ...wanted, action })}>
        <option value="">{say("audit.anything")}</option>
        {ACTIONS.map((action) => (
          <option key={action} value={action}>
            {say(`action.${action}`)}
          </option>
        ))}
      </Choice>
      <label>
        {say("audit.from")}
        <input type="date" value={wanted.from} onChange={(event) => onWant({ ...wanted, from: event.target.value })} />
      </label>
      <label>
        {say("audit.to")}
        <input type="date" value={wanted.to} onChange={(event) => onWant({ ...wanted, to: event.target.value })} />
      </label>
      {wanted !== ANY && (
        <button type="button" className="button" onClick={() => onWant(ANY)}>
          {say("audit.everything")}
        </button>
      )}
    </form>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChoose: (value: string) => void;
  readonly children: ReactNode;
}

function Choice({ label, value, onChoose, children }: ChoiceProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onChoose(event.target.value)}>
        {children}
      </select>
    </label>
  );
}

function Entry({ entry, names }: { readonly entry: AuditEntry; readonly names: Names }) {
  const say = useWords(WORDS);
  const { actor, action, entityId, at, address } = entry;
  const who = whoIs(actor, names) ?? say("audit.somebody");
  const what = names.get(entityId);
  const did = actionName(say, action);
  const heading = what === undefined ? say("audit.entry", { who, did }) : say("audit.entryOf", { who, did, what });
  return (
    <li className="audit__one">
      <h3>{heading}</h3>
      <p className="audit__when">
        <time dateTime={at}>{dayAndTime(at)}</time>{" "}
        {address !== null && <span>{say("audit.address", { address })}</span>}
      </p>
      <KnownBy entry={entry} names={names} />
      <Changes entry={entry} names={names} />
    </li>
  );
}

/** Which one it was: of a line, how many, of which order, at which table. */
function KnownBy({ entry, names }: { readonly entry: AuditEntry; readonly names: Names }) {
  const say = useWords(WORDS);
  const facts = knownBy(entry);
  if (facts.length === 0) return null;
  return (
    <p className="audit__known">
      {facts.map(({ field, after }) => (
        <span key={field}>
          {fieldName(say, field)}: <Value value={after} names={names} />
        </span>
      ))}
    </p>
  );
}

function Changes({ entry, names }: { readonly entry: AuditEntry; readonly names: Names }) {
  const say = useWords(WORDS);
  const changes = changesOf(entry);
  if (changes.length === 0) return null;
  return (
    <table className="audit__changes">
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">{say("audit.field")}</span>
          </th>
          {entry.old !== null && <th scope="col">{say("audit.before")}</th>}
          {entry.new !== null && <th scope="col">{say("audit.after")}</th>}
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">{fieldName(say, field)}</th>
            {entry.old !== null && (
              <td>
                <Value value={before} names={names} />
              </td>
            )}
            {entry.new !== null && (
              <td>
                <Value value={after} names={names} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
