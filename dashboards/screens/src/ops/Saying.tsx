/** Saying something to everybody, or to everybody of a role. What the hub said to it stands beneath. */

import { type SyntheticEvent, useRef, useState } from "react";

import { asking } from "../house/api.ts";
import { useFullHands } from "../house/draft.ts";
import { useWords } from "../house/language.ts";
import type { Shift } from "../house/shift.ts";
import { refused, WORDS as HOUSE_WORDS } from "../house/words.ts";
import { announce, type Announce, Refusal, type Role } from "../hub/index.ts";
import { WORDS } from "./words.ts";

/** As long as the hub takes them. */
const TITLE_LENGTH_MAX = 120;
const MESSAGE_LENGTH_MAX = 280;

/** The house itself listens to nobody, and programs read no sentences. */
const ROLES: readonly Exclude<Role, "system" | "service">[] = [
  "owner",
  "manager",
  "expo",
  "cook",
  "waiter",
  "host",
  "guest",
  "customer",
  "admin",
];

interface SayingProps {
  readonly shift: Shift;
}

export function Saying({ shift }: SayingProps) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const form = useRef<HTMLFormElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [isBegun, setBegun] = useState(false);
  const [outcome, setOutcome] = useState<{ readonly text: string; readonly isBad: boolean } | null>(null);
  useFullHands(isBegun);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const said = announcementIn(new FormData(event.currentTarget));
    setBusy(true);
    setOutcome(null);
    announce(asking(shift.accessToken), said)
      .then(
        () => {
          form.current?.reset();
          setBegun(false);
          setOutcome({ text: say("saying.said", { title: said.title }), isBad: false });
        },
        (no: unknown) => setOutcome({ text: no instanceof Refusal ? refused(sayHouse, no) : String(no), isBad: true }),
      )
      .finally(() => setBusy(false));
  };
  return (
    <section className="saying panel" aria-labelledby="saying">
      <h2 id="saying">{say("saying")}</h2>
      <p className="panel__norm">{say("saying.norm")}</p>
      <form ref={form} onSubmit={submit} onInput={() => setBegun(true)}>
        <label>
          {say("saying.to")}
          <select name="role">
            <option value="">{say("saying.everybody")}</option>
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {sayHouse(`role.${role}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say("saying.title")}
          <input name="title" required maxLength={TITLE_LENGTH_MAX} autoComplete="off" />
        </label>
        <label>
          {say("saying.message")}
          <textarea name="message" required maxLength={MESSAGE_LENGTH_MAX} rows={2} />
        </label>
        <button type="submit" className="button button--main" disabled={isBusy}>
          {say("saying.send")}
        </button>
      </form>
      <p className={outcome?.isBad === true ? "saying__no" : "saying__yes"} role="status">
        {outcome?.text}
      </p>
    </section>
  );
}

function announcementIn(form: FormData): Announce {
  const role = ROLES.find((one) => one === form.get("role")) ?? null;
  return { title: String(form.get("title")).trim(), message: String(form.get("message")).trim(), role };
}
