/** Whoever signs in at a screen sees it as they like it; nothing waits for that. */

import { useEffect } from "react";

import { showPeopleMe } from "../hub/index.ts";
import { asking } from "./api.ts";
import { useOwner, useToken } from "./Connected.tsx";
import { liken } from "./theme.ts";

export function useOwnLooks(): void {
  const [owner, token] = [useOwner(), useToken()];
  useEffect(() => {
    showPeopleMe(asking(token)).then(
      // An older hub does not say it.
      ({ theme }) => theme && liken(theme),
      () => undefined,
    );
    // Asked once for each of them, and not again with each token.
  }, [owner]);
}
