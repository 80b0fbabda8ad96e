/** Calling a tablet something else. */

import type { SyntheticEvent } from "react";

import { asking } from "../house/api.ts";
import { useToken } from "../house/Connected.tsx";
import { Dialog } from "../house/Dialog.tsx";
import { useDoing } from "../house/doing.ts";
import { useWords } from "../house/language.ts";
import { type DeviceShown, renameDevice } from "../hub/index.ts";
import { WORDS } from "./words.ts";

interface TabletNameProps {
  readonly of: DeviceShown;
  readonly onClose: () => void;
}

const NAME_LENGTH_MAX = 80;

export function TabletName({ of: { deviceId, name }, onClose }: TabletNameProps) {
  const say = useWords(WORDS);
  const token = useToken();
  const { isBusy, does } = useDoing();
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const next = String(new FormData(event.currentTarget).get("name")).trim();
    void does(() => renameDevice(asking(token), deviceId, { name: next })).then((done) => done && onClose());
  };
  return (
    <Dialog title={say("tablet.renameOf", { name })} onClose={onClose}>
      <form className="keyform" onSubmit={submit}>
        <label>
          {say("key.name")}
          <input name="name" defaultValue={name} maxLength={NAME_LENGTH_MAX} required />
        </label>
        <button type="submit" className="button button--main" disabled={isBusy}>
          {say("key.save")}
        </button>
      </form>
    </Dialog>
  );
}
