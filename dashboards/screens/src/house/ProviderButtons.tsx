/** Signing in with an account elsewhere, where the hub knows somebody who vouches: a button for each of them. */

import { useEffect, useState } from "react";

import type { ProviderName, Providers } from "../hub/index.ts";
import { get } from "./api.ts";
import { useDoing } from "./doing.ts";
import { depart, PROVIDERS } from "./elsewhere.ts";
import { ENTERING } from "./entering/words.ts";
import { useWords } from "./language.ts";
import type { ScreenName } from "./shift.ts";

const ASK_AGAIN_MS = 5_000;

export function ProviderButtons({ screen }: { readonly screen: ScreenName }) {
  const say = useWords(ENTERING);
  const providers = useProviders();
  const { isBusy, does } = useDoing();
  if (providers.length === 0) return null;
  return (
    <div className="signin__elsewhere">
      {providers.map((one) => (
        <button
          key={one}
          type="button"
          className="button"
          disabled={isBusy}
          onClick={() => void does(() => depart({ provider: one, screen, linksTo: null }))}
        >
          {say("signInWith", { provider: PROVIDERS[one] })}
        </button>
      ))}
    </div>
  );
}

/** Who vouches at this hub, of those whom these screens know; nobody until it was heard. */
export function useProviders(): readonly ProviderName[] {
  const [known, setKnown] = useState<readonly ProviderName[]>([]);
  useEffect(() => {
    let isOver = false;
    let again: ReturnType<typeof setTimeout>;
    const heard = ({ items }: Providers): void =>
      setKnown(items.map((one) => one.provider).filter((one) => one in PROVIDERS));
    const ask = (): void =>
      void get<Providers>("/auth/providers").then(heard, () => {
        if (!isOver) again = setTimeout(ask, ASK_AGAIN_MS);
      });
    ask();
    return () => {
      isOver = true;
      clearTimeout(again);
    };
  }, []);
  return known;
}
