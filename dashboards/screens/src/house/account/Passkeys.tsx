/** One's passkeys: which there are, adding one where this page may have it made, and removing one anywhere. */

import { useState } from "react";

import type { Passkey, PasskeyRemovedAnswer, Passkeys as PasskeysAnswer } from "../../hub/index.ts";
import { remove } from "../api.ts";
import { useToken } from "../Connected.tsx";
import { useDoing } from "../doing.ts";
import { useFullHands } from "../draft.ts";
import { dayAndTime, useWords } from "../language.ts";
import { useLook } from "../looking.ts";
import { useTell } from "../Notices.tsx";
import { mayAsk, usePasskeyHouse } from "../passkeys/passkeys.ts";
import { Seen } from "../Seen.tsx";
import { Twice } from "../Twice.tsx";
import { Part } from "./Part.tsx";
import { PasskeyForm } from "./PasskeyForm.tsx";
import { WORDS } from "./words.ts";

/** Where nobody can make one, and nobody has any, there is nothing to say about them. */
export function Passkeys({ isCodeOn }: { readonly isCodeOn: boolean }) {
  const say = useWords(WORDS);
  const house = usePasskeyHouse();
  const look = useLook<PasskeysAnswer>("/me/passkeys");
  if ((house?.origin ?? null) === null && (look.seen?.items.length ?? 0) === 0) return null;
  return (
    <Part title={say("passkeys")}>
      <p>{say("passkeys.what")}</p>
      <Seen look={look}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="account__state">{say("passkeys.none")}</p>
          ) : (
            <ul className="sessions__list">
              {items.map((one) => (
                <OnePasskey key={one.passkeyId} passkey={one} onGone={look.again} />
              ))}
            </ul>
          )
        }
      </Seen>
      {house !== null && mayAsk(house) && <Adding isCodeOn={isCodeOn} onAdded={look.again} />}
      {house !== null && house.origin !== null && !mayAsk(house) && (
        <p className="account__hint">
          {house.origin === location.origin
            ? say("passkeys.cannot")
            : say("passkeys.elsewhere", { origin: house.origin })}
        </p>
      )}
    </Part>
  );
}

interface AddingProps {
  readonly isCodeOn: boolean;
  readonly onAdded: () => void;
}

function Adding({ isCodeOn, onAdded }: AddingProps) {
  const say = useWords(WORDS);
  const tell = useTell();
  const [isOpen, setOpen] = useState(false);
  // Nobody is interrupted by a new version while their device asks who they are.
  useFullHands(isOpen);
  const added = (): void => {
    setOpen(false);
    tell({ text: say("passkeys.isAdded") });
    onAdded();
  };
  if (isOpen) return <PasskeyForm isCodeOn={isCodeOn} onAdded={added} onClose={() => setOpen(false)} />;
  return (
    <div className="account__deeds">
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {say("passkeys.add")}
      </button>
    </div>
  );
}

function OnePasskey({ passkey, onGone }: { readonly passkey: Passkey; readonly onGone: () => void }) {
  const say = useWords(WORDS);
  const token = useToken();
  const tell = useTell();
  const { isBusy, does } = useDoing();
  const { passkeyId, name, addedAt, usedAt } = passkey;
  const used = usedAt === null ? say("passkeys.unused") : say("passkeys.used", { at: dayAndTime(usedAt) });
  const forget = (): void =>
    void does(() => remove<PasskeyRemovedAnswer>(`/me/passkeys/${passkeyId}`, token)).then((gone) => {
      if (gone !== undefined) tell({ text: say("passkeys.isRemoved") });
      onGone();
    });
  return (
    <li className="sessions__one">
      <div className="sessions__words">
        <strong>{name}</strong>
        <span>
          {say("passkeys.added", { at: dayAndTime(addedAt) })}, {used}
        </span>
      </div>
      <Twice label={say("passkeys.remove")} sure={say("sure")} isDisabled={isBusy} onSure={forget} />
    </li>
  );
}
