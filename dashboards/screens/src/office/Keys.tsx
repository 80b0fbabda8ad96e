/** The keys that programs come in with: what each may do, from where, until when, and when it was last used. */

import { useCallback, useState } from "react";

import { post, remove } from "../house/api.ts";
import { useToken } from "../house/Connected.tsx";
import { useDoing } from "../house/doing.ts";
import { dayAndTime, listed, useWords } from "../house/language.ts";
import { useLook } from "../house/looking.ts";
import { Seen } from "../house/Seen.tsx";
import { Twice } from "../house/Twice.tsx";
import type { KeyAnswer, Keys as KeysAnswer, KeyShown } from "../hub/index.ts";
import { isOfHouse } from "./jobs.ts";
import { KeyForm } from "./KeyForm.tsx";
import { type KeyState, stateOf } from "./lasting.ts";
import { usePlace } from "./place.ts";
import { Secret } from "./Secret.tsx";
import { WORDS } from "./words.ts";

/** What lies over the list: a new key, one that is changed, or a secret that is shown this once. */
type Open = { readonly kind: "new" } | { readonly kind: "change"; readonly keyId: string } | null;

export function Keys() {
  const say = useWords(WORDS);
  const { restaurantId } = usePlace();
  const look = useLook<KeysAnswer>(`/restaurants/${restaurantId}/keys`);
  const [open, setOpen] = useState<Open>(null);
  const [shown, setShown] = useState<KeyAnswer | null>(null);
  const close = useCallback(() => setOpen(null), []);
  const { again } = look;
  const done = (answer: KeyAnswer): void => {
    setOpen(null);
    if (answer.key !== null) setShown(answer);
    again();
  };
  const changed = open?.kind === "change" ? look.seen?.items.find((one) => one.keyId === open.keyId) : undefined;
  return (
    <section className="sheet" aria-labelledby="keys">
      <h2 id="keys">{say("page.keys")}</h2>
      <p>{say("keys.what")}</p>
      <button type="button" className="button button--main office__make" onClick={() => setOpen({ kind: "new" })}>
        {say("keys.make")}
      </button>
      <Seen look={look}>
        {({ items }) => (
          <KeyLists items={items} onChange={(keyId) => setOpen({ kind: "change", keyId })} onDone={done} />
        )}
      </Seen>
      {open?.kind === "new" && <KeyForm before={null} onDone={done} onClose={close} />}
      {changed !== undefined && <KeyForm key={changed.keyId} before={changed} onDone={done} onClose={close} />}
      {shown !== null && <Secret made={shown} onClose={() => setShown(null)} />}
    </section>
  );
}

interface KeyListsProps {
  readonly items: readonly KeyShown[];
  readonly onChange: (keyId: string) => void;
  readonly onDone: (answer: KeyAnswer) => void;
}

/** Those that open something, and, apart, those that do no more. */
function KeyLists({ items, onChange, onDone }: KeyListsProps) {
  const say = useWords(WORDS);
  const nowMs = Date.now();
  const newest = items.toReversed().map((key) => ({ key, state: stateOf(key, nowMs) }));
  const [open, over] = [newest.filter((one) => one.state.isOpen), newest.filter((one) => !one.state.isOpen)];
  return (
    <>
      {open.length === 0 && <p>{say("keys.none")}</p>}
      <ul className="keys">
        {open.map(({ key, state }) => (
          <OneKey key={key.keyId} of={key} state={state} onChange={() => onChange(key.keyId)} onDone={onDone} />
        ))}
      </ul>
      {over.length > 0 && (
        <details className="office__more">
          <summary>{say("keys.over", { count: over.length })}</summary>
          <ul className="keys">
            {over.map(({ key, state }) => (
              <OneKey key={key.keyId} of={key} state={state} onChange={null} onDone={onDone} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

interface OneKeyProps {
  readonly of: KeyShown;
  readonly state: KeyState;
  /** Nothing is changed about a key that opens nothing. */
  readonly onChange: (() => void) | null;
  readonly onDone: (answer: KeyAnswer) => void;
}

function OneKey({ of: key, state, onChange, onDone }: OneKeyProps) {
  const say = useWords(WORDS);
  const scopes = key.scopes.filter(isOfHouse).map((one) => say(`may.${one}`));
  return (
    <li className="keys__one" data-open={state.isOpen}>
      <h3>
        {key.name} <code>{key.beginsWith}…</code>
      </h3>
      <p className="keys__state" data-soon={state.isSoonOver}>
        {say(`key.${state.what}`, { at: state.at === null ? "" : dayAndTime(state.at) })}
      </p>
      <dl className="keys__facts">
        <dt>{say("key.scopes")}</dt>
        <dd>{say("may", { what: listed(scopes) })}</dd>
        <dt>{say("key.networks")}</dt>
        <dd>{key.networks.length === 0 ? say("key.anywhere") : <code>{key.networks.join(", ")}</code>}</dd>
        <dt>{say("key.lastUsed")}</dt>
        <dd>{key.lastUsedAt === null ? say("key.never") : dayAndTime(key.lastUsedAt)}</dd>
        <dt>{say("key.made")}</dt>
        <dd>{dayAndTime(key.madeAt)}</dd>
      </dl>
      {onChange !== null && <KeyDeeds of={key} onChange={onChange} onDone={onDone} />}
    </li>
  );
}

interface KeyDeedsProps {
  readonly of: KeyShown;
  readonly onChange: () => void;
  readonly onDone: (answer: KeyAnswer) => void;
}

function KeyDeeds({ of: { keyId }, onChange, onDone }: KeyDeedsProps) {
  const say = useWords(WORDS);
  const token = useToken();
  const { isBusy, does } = useDoing();
  const rotate = (): void =>
    void does(() => post<KeyAnswer>(`/keys/${keyId}/rotate`, {}, token)).then((made) => made && onDone(made));
  const revoke = (): void =>
    void does(() => remove<KeyAnswer>(`/keys/${keyId}`, token)).then((gone) => gone && onDone(gone));
  return (
    <div className="keys__deeds">
      <button type="button" className="button" disabled={isBusy} onClick={onChange}>
        {say("key.change")}
      </button>
      <Twice label={say("key.rotate")} sure={say("key.sureRotate")} isDisabled={isBusy} onSure={rotate} />
      <Twice label={say("key.revoke")} sure={say("key.sureRevoke")} isDisabled={isBusy} onSure={revoke} />
    </div>
  );
}
