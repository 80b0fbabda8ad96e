/** Who works here and what as, and who is invited; each with a sheet on which roles are given and taken. */

import { type SyntheticEvent, useCallback, useState } from "react";

import { put } from "../house/api.ts";
import { useToken } from "../house/Connected.tsx";
import { useDoing } from "../house/doing.ts";
import { useFullHands } from "../house/draft.ts";
import { listed, useWords } from "../house/language.ts";
import { useLook } from "../house/looking.ts";
import { useTell } from "../house/Notices.tsx";
import { Seen } from "../house/Seen.tsx";
import { WORDS as HOUSE_WORDS } from "../house/words.ts";
import type { Colleague, Colleagues, PendingInvitations, RolesAnswer } from "../hub/index.ts";
import { found } from "./finding.ts";
import { Invited } from "./Invited.tsx";
import { InviteForm } from "./InviteForm.tsx";
import { type Job, JOBS } from "./jobs.ts";
import { JobSentence } from "./JobSentence.tsx";
import { usePlace } from "./place.ts";
import { RolesSheet } from "./RolesSheet.tsx";
import { WORDS } from "./words.ts";

export function People() {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const { restaurantId } = usePlace();
  const look = useLook<Colleagues>(`/restaurants/${restaurantId}/people`);
  const waiting = useLook<PendingInvitations>(`/restaurants/${restaurantId}/invitations`);
  const [isInviting, setInviting] = useState(false);
  const [wish, setWish] = useState("");
  const [opened, setOpened] = useState<string | null>(null);
  const close = useCallback(() => setOpened(null), []);
  const stopInviting = useCallback(() => setInviting(false), []);
  const invited = (): void => {
    setInviting(false);
    waiting.again();
  };
  const open = look.seen?.items.find((one) => one.userId === opened);
  return (
    <section className="sheet" aria-labelledby="people">
      <h2 id="people">{say("page.people")}</h2>
      <p>{say("people.what")}</p>
      <button type="button" className="button button--main office__make" onClick={() => setInviting(true)}>
        {say("invite")}
      </button>
      <label className="office__search">
        {say("people.search")}
        <input type="search" value={wish} onChange={(event) => setWish(event.target.value)} autoComplete="off" />
      </label>
      <Seen look={look}>
        {({ items }) => {
          const fitting = found(items, wish, (role) => sayHouse(`role.${role}`));
          const [here, gone] = [fitting.filter(isHere), fitting.filter((one) => !isHere(one))];
          return (
            <>
              {fitting.length === 0 && <p role="status">{say("people.none")}</p>}
              <ul className="people">{here.map((one) => person(one, setOpened))}</ul>
              {gone.length > 0 && (
                <>
                  <h3>{say("people.gone")}</h3>
                  <ul className="people">{gone.map((one) => person(one, setOpened))}</ul>
                </>
              )}
            </>
          );
        }}
      </Seen>
      <Invited look={waiting} people={look.seen?.items ?? []} />
      <Newcomer onGiven={look.again} />
      <Jobs />
      {isInviting && <InviteForm onDone={invited} onClose={stopInviting} />}
      {open !== undefined && <RolesSheet person={open} onChanged={look.again} onClose={close} />}
    </section>
  );
}

const isHere = (one: Colleague): boolean => one.roles.length > 0;

const person = (one: Colleague, onOpen: (userId: string) => void) => (
  <Person key={one.userId} person={one} onOpen={() => onOpen(one.userId)} />
);

function Person({ person, onOpen }: { readonly person: Colleague; readonly onOpen: () => void }) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const { userId } = usePlace();
  const roles = JOBS.filter((job) => person.roles.includes(job)).map((job) => sayHouse(`role.${job}`));
  return (
    <li className="people__one">
      <div className="people__who">
        <strong>
          {person.name}
          {person.userId === userId && ` (${say("people.you")})`}
        </strong>
        <span>{person.email}</span>
      </div>
      <span className="people__roles">{roles.length === 0 ? say("people.noRole") : listed(roles)}</span>
      <button
        type="button"
        className="button"
        aria-label={say("people.changeOf", { name: person.name })}
        onClick={onOpen}
      >
        {say("people.change")}
      </button>
    </li>
  );
}

/** Somebody who has an account, and never had a role here: known by the number that their own screen shows them. */
function Newcomer({ onGiven }: { readonly onGiven: () => void }) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const tell = useTell();
  const token = useToken();
  const { restaurantId } = usePlace();
  const { isBusy, does } = useDoing();
  const [number, setNumber] = useState("");
  const [job, setJob] = useState<Job>("waiter");
  useFullHands(number !== "");
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const path = `/restaurants/${restaurantId}/people/${encodeURIComponent(number.trim())}/roles/${job}`;
    const unknown = { not_found: say("newcomer.unknown") };
    void does(() => put<RolesAnswer>(path, {}, token), unknown).then((given) => {
      if (given === undefined) return;
      tell({ text: say("newcomer.given") });
      setNumber("");
      onGiven();
    });
  };
  return (
    <details className="office__more">
      <summary>{say("newcomer")}</summary>
      <p>{say("newcomer.how")}</p>
      <form className="newcomer" onSubmit={submit}>
        <label>
          {say("newcomer.number")}
          <input value={number} onChange={(event) => setNumber(event.target.value)} required autoComplete="off" />
        </label>
        <label>
          {say("newcomer.role")}
          <select value={job} onChange={(event) => setJob(JOBS.find((one) => one === event.target.value) ?? job)}>
            {SMALLER_JOBS.map((one) => (
              <option key={one} value={one}>
                {sayHouse(`role.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="button button--main" disabled={isBusy}>
          {say("newcomer.give")}
        </button>
      </form>
    </details>
  );
}

/** A stranger is not made an owner in the same breath. */
const SMALLER_JOBS = JOBS.filter((one) => one !== "owner");

/** What everybody may do, a sentence for each job. */
function Jobs() {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  return (
    <details className="office__more">
      <summary>{say("jobs")}</summary>
      <dl className="jobs">
        {JOBS.map((job) => (
          <div key={job}>
            <dt>{sayHouse(`role.${job}`)}</dt>
            <dd>
              <JobSentence job={job} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
