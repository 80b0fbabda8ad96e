/** Accounts elsewhere that open one's own: linking one, and taking a link away. */

import type { Link, Links as LinksAnswer, ProviderName, UnlinkedAnswer } from "../../hub/index.ts";
import { remove } from "../api.ts";
import { useOwner, useScreenName, useToken } from "../Connected.tsx";
import { useDoing } from "../doing.ts";
import { depart, PROVIDERS } from "../elsewhere.ts";
import { dayAndTime, useWords } from "../language.ts";
import { useLook } from "../looking.ts";
import { useProviders } from "../ProviderButtons.tsx";
import { Seen } from "../Seen.tsx";
import { Twice } from "../Twice.tsx";
import { Part } from "./Part.tsx";
import { WORDS } from "./words.ts";

/** Where nobody can be linked, and nobody is, there is nothing to say about it. */
export function Links({ isCodeOn }: { readonly isCodeOn: boolean }) {
  const say = useWords(WORDS);
  const look = useLook<LinksAnswer>("/me/links");
  const offered = useProviders();
  const linked = look.seen?.items.map((one) => one.provider) ?? [];
  // Nothing is gained by a new one then.
  const all = [...new Set([...(isCodeOn ? [] : offered), ...linked])].sort();
  if (all.length === 0) return null;
  return (
    <Part title={say("links")}>
      <p>{say(isCodeOn ? "links.code" : "links.what")}</p>
      <Seen look={look}>
        {({ items }) => (
          <ul className="account__links">
            {all.map((one) => {
              const link = items.find(({ provider }) => provider === one);
              if (link !== undefined) return <Linked key={one} link={link} onGone={look.again} />;
              return <Unlinked key={one} provider={one} />;
            })}
          </ul>
        )}
      </Seen>
      {linked.length > 0 && <p>{say("links.noPassword")}</p>}
    </Part>
  );
}

function Linked({ link: { provider, linkedAt }, onGone }: { readonly link: Link; readonly onGone: () => void }) {
  const say = useWords(WORDS);
  const token = useToken();
  const { isBusy, does } = useDoing();
  const unlink = (): void => void does(() => remove<UnlinkedAnswer>(`/me/links/${provider}`, token)).then(onGone);
  return (
    <li className="account__link">
      <span>{say("links.since", { provider: PROVIDERS[provider] ?? provider, at: dayAndTime(linkedAt) })}</span>
      <Twice label={say("links.unlink")} sure={say("sure")} isDisabled={isBusy} onSure={unlink} />
    </li>
  );
}

function Unlinked({ provider }: { readonly provider: ProviderName }) {
  const say = useWords(WORDS);
  const [screen, owner] = [useScreenName(), useOwner()];
  const { isBusy, does } = useDoing();
  const link = (): void =>
    void does(async () => {
      if (screen !== null) await depart({ provider, screen, linksTo: owner });
    });
  return (
    <li className="account__link">
      <span>{PROVIDERS[provider]}</span>
      <button type="button" className="button" disabled={isBusy} onClick={link}>
        {say("links.link", { provider: PROVIDERS[provider] })}
      </button>
    </li>
  );
}
