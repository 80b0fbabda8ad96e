/** Signing in with an account elsewhere, where the hub knows somebody who vouches: a button for each of them. */

import type { ProviderName, Providers } from "../hub/index.ts";
import { useDoing } from "./doing.ts";
import { depart, PROVIDERS } from "./elsewhere.ts";
import { ENTERING } from "./entering/words.ts";
import { useGreeting } from "./greeting.ts";
import { useWords } from "./language.ts";
import type { ScreenName } from "./shift.ts";

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
  const heard = useGreeting<Providers>("/auth/providers");
  return heard?.items.map((one) => one.provider).filter((one) => one in PROVIDERS) ?? [];
}
