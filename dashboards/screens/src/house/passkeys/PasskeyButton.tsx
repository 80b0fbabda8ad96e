/** Signing in with a passkey, where this browser has them and this page is one that may ask for them. */

import { Trouble } from "../account/Trouble.tsx";
import { useWords } from "../language.ts";
import type { ScreenName, Shift } from "../shift.ts";
import { mayAsk, signInWithPasskey, usePasskeyHouse } from "./passkeys.ts";
import { useTryingPasskey } from "./useTryingPasskey.ts";
import { PASSKEY_WORDS } from "./words.ts";

interface PasskeyButtonProps {
  readonly screen: ScreenName;
  readonly onSignedIn: (shift: Shift) => void;
}

export function PasskeyButton({ screen, onSignedIn }: PasskeyButtonProps) {
  const say = useWords(PASSKEY_WORDS);
  const house = usePasskeyHouse();
  const { isBusy, trouble, tries } = useTryingPasskey();
  if (house === null || !mayAsk(house)) return null;
  const enter = (): void =>
    void tries(() => signInWithPasskey(screen)).then((shift) => {
      if (shift !== undefined) onSignedIn(shift);
    });
  return (
    <div className="signin__elsewhere">
      <Trouble text={trouble} />
      <button type="button" className="button" disabled={isBusy} onClick={enter}>
        {say(isBusy ? "signingIn" : "signIn")}
      </button>
    </div>
  );
}
