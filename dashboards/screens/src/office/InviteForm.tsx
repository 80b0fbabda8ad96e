/** Inviting somebody: to which address a letter goes, as what they are to come, and in which language it is. */

import { type SyntheticEvent, useState } from "react";

import { asking } from "../house/api.ts";
import { useToken } from "../house/Connected.tsx";
import { Dialog } from "../house/Dialog.tsx";
import { type Language, LANGUAGES, useLanguage, useWords } from "../house/language.ts";
import { useTell } from "../house/Notices.tsx";
import { refused, refusedIn, WORDS as HOUSE_WORDS } from "../house/words.ts";
import { invitePerson, Refusal } from "../hub/index.ts";
import { type Job, JOBS, may } from "./jobs.ts";
import { usePlace } from "./place.ts";
import { WORDS } from "./words.ts";

interface InviteFormProps {
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function InviteForm({ onDone, onClose }: InviteFormProps) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const tell = useTell();
  const token = useToken();
  const { restaurantId } = usePlace();
  const [chosen, setChosen] = useState<ReadonlySet<Job>>(new Set());
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const why = (no: unknown): string => {
    if (!(no instanceof Refusal)) return String(no);
    return no.code === "invalid" ? say("invite.noAddress") : (refusedIn(WORDS, say, no) ?? refused(sayHouse, no));
  };
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (chosen.size === 0) return setTrouble(say("invite.noRole"));
    const said = new FormData(event.currentTarget);
    const email = String(said.get("email"));
    setBusy(true);
    setTrouble(null);
    invitePerson(asking(token), restaurantId, { email, roles: [...chosen], language: languageIn(said) })
      .then(
        () => {
          tell({ text: say("invited.sent", { email }) });
          onDone();
        },
        (no: unknown) => setTrouble(why(no)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <Dialog title={say("invite")} onClose={onClose}>
      <form className="keyform" onSubmit={submit}>
        <p>{say("invite.how")}</p>
        <label>
          {sayHouse("email")}
          <input name="email" type="email" maxLength={254} required autoComplete="off" />
        </label>
        <RoleChoice chosen={chosen} onChoose={setChosen} />
        <LanguageOfLetter />
        {trouble !== null && (
          <p className="trouble" role="alert">
            {trouble}
          </p>
        )}
        <button type="submit" className="button button--main" disabled={isBusy}>
          {say("invite.do")}
        </button>
      </form>
    </Dialog>
  );
}

interface RoleChoiceProps {
  readonly chosen: ReadonlySet<Job>;
  readonly onChoose: (jobs: ReadonlySet<Job>) => void;
}

/** Every job that whoever sits here may give. */
function RoleChoice({ chosen, onChoose }: RoleChoiceProps) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const { roles } = usePlace();
  const toggle = (job: Job): void => {
    const next = new Set(chosen);
    if (!next.delete(job)) next.add(job);
    onChoose(next);
  };
  return (
    <fieldset className="scopes__chapter">
      <legend>{say("invite.as")}</legend>
      {JOBS.filter((job) => job !== "owner" || may(roles, "owners:make")).map((job) => (
        <label key={job} className="scopes__one">
          <input type="checkbox" checked={chosen.has(job)} onChange={() => toggle(job)} />
          {sayHouse(`role.${job}`)}
        </label>
      ))}
    </fieldset>
  );
}

/** Whoever is new reads the letter in this one; whoever has an account, in their own. */
function LanguageOfLetter() {
  const say = useWords(WORDS);
  const spoken = useLanguage();
  return (
    <label>
      {say("invite.language")}
      <select name="language" defaultValue={spoken}>
        {Object.entries(LANGUAGES).map(([language, name]) => (
          <option key={language} value={language}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function languageIn(said: FormData): Language {
  return said.get("language") === "es" ? "es" : "en";
}
