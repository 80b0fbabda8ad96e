/**
 * Somebody's own page, whoever they are: their account, where they work, and the way out. Customers have no other screen.
 *
 * It goes on with the shift of the front door: whoever signed in there need not do it again. Not its business: the
 * account's parts (`house/account`), which every staff screen has, too.
 */

import { Account } from "../house/account/Account.tsx";
import { useRoom } from "../house/Connected.tsx";
import { LanguageChoice } from "../house/LanguageChoice.tsx";
import { listed, useWords } from "../house/language.ts";
import { Screen } from "../house/Screen.tsx";
import type { Shift } from "../house/shift.ts";
import { WORDS as HOUSE_WORDS } from "../house/words.ts";
import { BOARDS, type Role } from "../hub/index.ts";
import { rolesIn, screensFor } from "./screens.ts";
import { WORDS } from "./words.ts";

/** In a demo anybody may look at anybody's. */
const ANYBODY: ReadonlySet<Role> = new Set<Role>(["owner", "manager", "expo", "cook", "waiter", "host"]);

export function AccountScreen() {
  const say = useWords(HOUSE_WORDS);
  return (
    <Screen name="front" title={say("account")} staff={ANYBODY}>
      {({ shift, signOut }) => <Own key={shift.userId} shift={shift} onSignOut={signOut} />}
    </Screen>
  );
}

interface OwnProps {
  readonly shift: Shift;
  readonly onSignOut: () => void;
}

function Own({ shift, onSignOut }: OwnProps) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  return (
    <main className="own">
      <header className="own__head">
        <h1>{sayHouse("account")}</h1>
        <LanguageChoice />
      </header>
      <div className="own__deeds">
        <p>{say("hello", { name: shift.name })}</p>
        <button type="button" className="button" onClick={onSignOut}>
          {sayHouse("signOut")}
        </button>
        <a className="button button--quiet" href="/">
          {sayHouse("allScreens")}
        </a>
      </div>
      <Jobs shift={shift} />
      <section className="own__sheet" aria-label={sayHouse("account")}>
        <Account />
      </section>
    </main>
  );
}

/** Where somebody works; or what they tell a manager with whom they are to. */
function Jobs({ shift }: { readonly shift: Shift }) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  // A role that was given a moment ago counts: they may stand beside their manager.
  const { board } = useRoom(`user:${shift.userId}`, BOARDS.user);
  const roles = board?.roles ?? shift.roles;
  const held = rolesIn(roles);
  if (held.length === 0) {
    return (
      <p>
        {say("worksNowhere")} <code className="door__number">{shift.userId}</code>
      </p>
    );
  }
  return (
    <div className="own__jobs">
      <p>{say("works", { roles: listed(held.map((one) => sayHouse(`role.${one}`))) })}</p>
      <p className="own__works">
        {screensFor(roles).map((one) => (
          <a key={one} className="button" href={`/${one}`}>
            {say(`screen.${one}`)}
          </a>
        ))}
      </p>
    </div>
  );
}
