/** Making a key, or changing one: its name, what it is for, from where it opens, and for how long. */

import { type SyntheticEvent, useState } from "react";

import { patch, post } from "../house/api.ts";
import { useToken } from "../house/Connected.tsx";
import { Dialog } from "../house/Dialog.tsx";
import { useWords } from "../house/language.ts";
import { refused, WORDS as HOUSE_WORDS } from "../house/words.ts";
import { type KeyAnswer, type KeyShown, type Permission, Refusal } from "../hub/index.ts";
import { scopesFor } from "./jobs.ts";
import { usePlace } from "./place.ts";
import { WORDS } from "./words.ts";

/** As long as the hub takes it. */
const NAME_LENGTH_MAX = 120;
/** What one can choose from; `0` is for ever. */
const DAYS = [30, 90, 365, 0] as const;

interface KeyFormProps {
  /** The key that is changed; null for a new one. */
  readonly before: KeyShown | null;
  readonly onDone: (answer: KeyAnswer) => void;
  readonly onClose: () => void;
}

export function KeyForm({ before, onDone, onClose }: KeyFormProps) {
  const say = useWords(WORDS);
  const token = useToken();
  const { restaurantId } = usePlace();
  const [scopes, setScopes] = useState<ReadonlySet<Permission>>(() => new Set(before?.scopes));
  const { isBusy, trouble, tries, complain } = useTrying(onDone);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (scopes.size === 0) return complain(say("key.noScope"));
    const said = { ...spokenIn(new FormData(event.currentTarget)), scopes: [...scopes].sort() };
    const days = Number(new FormData(event.currentTarget).get("days"));
    tries(
      before === null
        ? () => {
            const made = { ...said, expiresInDays: days === 0 ? null : days };
            return post<KeyAnswer>(`/restaurants/${restaurantId}/keys`, made, token);
          }
        : () => patch<KeyAnswer>(`/keys/${before.keyId}`, said, token),
    );
  };
  return (
    <Dialog title={before === null ? say("keys.make") : say("key.changeOf", { name: before.name })} onClose={onClose}>
      <form className="keyform" onSubmit={submit}>
        <label>
          {say("key.name")}
          <input
            name="name"
            defaultValue={before?.name}
            placeholder={say("key.nameExample")}
            maxLength={NAME_LENGTH_MAX}
            required
            autoComplete="off"
          />
        </label>
        <ScopeChoice chosen={scopes} onChoose={setScopes} />
        <label>
          {say("key.networks")}
          <textarea
            name="networks"
            rows={2}
            defaultValue={before?.networks.join("\n")}
            aria-describedby="networks"
            autoComplete="off"
          />
        </label>
        <p id="networks" className="keyform__hint">
          {say("key.networksHow")}
        </p>
        {before === null && <LastingChoice />}
        {trouble !== null && (
          <p className="trouble" role="alert">
            {trouble}
          </p>
        )}
        <button type="submit" className="button button--main" disabled={isBusy}>
          {say(before === null ? "keys.make" : "key.save")}
        </button>
      </form>
    </Dialog>
  );
}

function LastingChoice() {
  const say = useWords(WORDS);
  return (
    <label>
      {say("key.lasting")}
      <select name="days" defaultValue={DAYS[2]}>
        {DAYS.map((days) => (
          <option key={days} value={days}>
            {say("key.days", { days })}
          </option>
        ))}
      </select>
    </label>
  );
}

interface ScopeChoiceProps {
  readonly chosen: ReadonlySet<Permission>;
  readonly onChoose: (scopes: ReadonlySet<Permission>) => void;
}

/** What whoever sits here may do themselves, by what it is about; nobody gives more. */
function ScopeChoice({ chosen, onChoose }: ScopeChoiceProps) {
  const say = useWords(WORDS);
  const { roles } = usePlace();
  const toggle = (scope: Permission): void => {
    const next = new Set(chosen);
    if (!next.delete(scope)) next.add(scope);
    onChoose(next);
  };
  return (
    <fieldset className="scopes">
      <legend>{say("key.scopesOf")}</legend>
      {[...scopesFor(roles)].map(([chapter, scopes]) => (
        <fieldset key={chapter} className="scopes__chapter">
          <legend>{say(`chapter.${chapter}`)}</legend>
          {scopes.map((scope) => (
            <label key={scope} className="scopes__one">
              <input type="checkbox" checked={chosen.has(scope)} onChange={() => toggle(scope)} />
              {say(`may.${scope}`)}
            </label>
          ))}
        </fieldset>
      ))}
    </fieldset>
  );
}

interface Trying {
  readonly isBusy: boolean;
  /** What is wrong with what was filled in, or why it was refused. */
  readonly trouble: string | null;
  readonly complain: (trouble: string) => void;
  readonly tries: (deed: () => Promise<KeyAnswer>) => void;
}

/** Asking with a form: what is refused is said in it, so that nothing that was filled in is lost. */
function useTrying(onDone: (answer: KeyAnswer) => void): Trying {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const why = (no: unknown): string => {
    if (!(no instanceof Refusal)) return String(no);
    // A name that is too long and a scope that is none cannot be said here; a network that is none can.
    return no.code === "invalid" ? say("key.networksWrong") : refused(sayHouse, no);
  };
  const tries = (deed: () => Promise<KeyAnswer>): void => {
    setBusy(true);
    setTrouble(null);
    deed()
      .then(onDone, (no: unknown) => setTrouble(why(no)))
      .finally(() => setBusy(false));
  };
  return { isBusy, trouble, complain: setTrouble, tries };
}

function spokenIn(form: FormData): { readonly name: string; readonly networks: readonly string[] } {
  const networks = String(form.get("networks"))
    .split(/[\s,;]+/)
    .filter(Boolean);
  return { name: String(form.get("name")).trim(), networks };
}
