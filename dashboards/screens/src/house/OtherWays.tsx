/** The ways to come in besides email and password: a passkey, and accounts elsewhere. */

import type { ReactNode } from "react";

import { PasskeyButton } from "./passkeys/PasskeyButton.tsx";
import { ProviderButtons } from "./ProviderButtons.tsx";
import type { ScreenName, Shift } from "./shift.ts";

interface OtherWaysProps {
  readonly screen: ScreenName;
  readonly onSignedIn: (shift: Shift) => void;
}

export function OtherWays({ screen, onSignedIn }: OtherWaysProps): ReactNode {
  return (
    <>
      <PasskeyButton screen={screen} onSignedIn={onSignedIn} />
      <ProviderButtons screen={screen} />
    </>
  );
}
