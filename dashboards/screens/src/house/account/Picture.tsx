/** One's own picture: put there, changed and taken away. */

import { type ChangeEvent, useCallback, useEffect, useState } from "react";

import { Refusal, type AvatarAnswer, type NoAvatarAnswer } from "../../hub/index.ts";
import { getPicture, putPicture, remove } from "../api.ts";
import { useToken } from "../Connected.tsx";
import { useWords } from "../language.ts";
import { Twice } from "../Twice.tsx";
import { initials, PICTURE_TYPES, wrongWith } from "./picture.ts";
import { Trouble } from "./Trouble.tsx";
import { useAsking } from "./useAsking.ts";
import { WORDS } from "./words.ts";

const PATH = "/me/avatar";

interface PictureProps {
  readonly name: string;
  /** Whether there is one to ask for. */
  readonly isThere: boolean;
  readonly onChange: () => void;
}

export function Picture({ name, isThere, onChange }: PictureProps) {
  const say = useWords(WORDS);
  const token = useToken();
  const { isBusy, trouble, complain, tries } = useAsking();
  const [picture, look] = usePicture(isThere, token);
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const [file] = event.target.files ?? [];
    // The same one, chosen again, is a choice, too.
    event.target.value = "";
    if (file === undefined) return;
    const wrong = wrongWith(file);
    if (wrong !== null) return complain(say(`picture.${wrong}`));
    void tries(() => putPicture<AvatarAnswer>(PATH, file, token)).then((put) => put && (isThere ? look() : onChange()));
  };
  const takeAway = (): void => void tries(() => remove<NoAvatarAnswer>(PATH, token)).then((gone) => gone && onChange());
  return (
    <div className="picture">
      {picture === null ? (
        <span className="picture__square" aria-hidden="true">
          {initials(name)}
        </span>
      ) : (
        <img className="picture__square" src={picture} alt={say("picture.alt")} />
      )}
      <div className="account__deeds">
        <label className="button picture__choose" data-busy={isBusy}>
          {say(isBusy ? "picture.sending" : picture === null ? "picture.put" : "picture.another")}
          <input
            type="file"
            className="picture__file"
            accept={PICTURE_TYPES.join()}
            aria-describedby="picture-hint"
            disabled={isBusy}
            onChange={choose}
          />
        </label>
        {picture !== null && (
          <Twice label={say("picture.remove")} sure={say("sure")} isDisabled={isBusy} onSure={takeAway} />
        )}
      </div>
      <p id="picture-hint" className="account__hint">
        {say("picture.hint")}
      </p>
      <Trouble text={trouble} />
    </div>
  );
}

/** The picture, as an address that an image shows, and how to look again; null where there is none, or nobody answers. */
function usePicture(isThere: boolean, token: string): readonly [string | null, () => void] {
  const [picture, setPicture] = useState<string | null>(null);
  const look = useCallback(() => {
    getPicture(PATH, token).then(setPicture, (why: unknown) => {
      if (!(why instanceof Refusal)) throw why;
    });
  }, [token]);
  // Asked for once: it does not change with the token.
  useEffect(() => {
    if (isThere) look();
    else setPicture(null);
  }, [isThere]);
  return [picture, look];
}
