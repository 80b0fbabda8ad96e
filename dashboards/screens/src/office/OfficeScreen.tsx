/**
 * The office: who works here and what they may, programs' keys, tablets, what was changed, and one's own account.
 *
 * It is for managers and owners, and closes as soon as one is none any more. Not its business: cooking and serving.
 */

import { type ComponentProps, type ReactNode, useEffect, useState } from "react";

import { Account } from "../house/account/Account.tsx";
import { Glass } from "../house/Age.tsx";
import { useFreshness, useRoom } from "../house/Connected.tsx";
import { useWords } from "../house/language.ts";
import { useLook } from "../house/looking.ts";
import { NoJob } from "../house/NoJob.tsx";
import { Screen } from "../house/Screen.tsx";
import { HEADS, restaurantsOf, type Shift } from "../house/shift.ts";
import { TopBar } from "../house/TopBar.tsx";
import { useOwnLooks } from "../house/useOwnLooks.ts";
import { WORDS as HOUSE_WORDS } from "../house/words.ts";
import { BOARDS, type Houses } from "../hub/index.ts";
import { Audit } from "./Audit.tsx";
import { Keys } from "./Keys.tsx";
import { type Page, pagesFor, usePage } from "./pages.ts";
import { People } from "./People.tsx";
import { type Place, PlaceProvider } from "./place.ts";
import { Tablets } from "./Tablets.tsx";
import { WORDS } from "./words.ts";

export function OfficeScreen() {
  const say = useWords(WORDS);
  return (
    <Screen name="office" title={say("title")} staff={HEADS}>
      {({ shift, signOut }) => <AtDesk key={shift.userId} shift={shift} onSignOut={signOut} />}
    </Screen>
  );
}

interface AtDeskProps {
  readonly shift: Shift;
  readonly onSignOut: () => void;
}

function AtDesk({ shift, onSignOut }: AtDeskProps) {
  const say = useWords(WORDS);
  useOwnLooks();
  const room = useRoom(`user:${shift.userId}`, BOARDS.user);
  const freshness = useFreshness(room);
  const [chosen, choose] = useState<string | null>(null);
  const bar = { title: say("title"), freshness, person: shift.name, onSignOut };
  if (room.board === null) return <Opening {...bar} />;
  // What one was when one signed in may have been given, or taken, since.
  const { roles } = room.board;
  const restaurants = restaurantsOf({ roles }, HEADS);
  const restaurantId = restaurants.find((one) => one === chosen) ?? restaurants[0];
  if (restaurantId === undefined) {
    const wasHead = restaurantsOf(shift, HEADS).length > 0;
    return <NoJob shift={shift} why={wasHead ? say("closed") : null} onSignOut={onSignOut} />;
  }
  const place: Place = { restaurantId, roles: roles[restaurantId] ?? [], userId: shift.userId };
  return (
    <PlaceProvider value={place}>
      <TopBar {...bar}>
        <House restaurants={restaurants} chosen={restaurantId} onChoose={choose} />
      </TopBar>
      <Glass freshness={freshness}>
        <Desk key={restaurantId} place={place} />
      </Glass>
    </PlaceProvider>
  );
}

type BarProps = Omit<ComponentProps<typeof TopBar>, "children">;

/** Until it is known what somebody may see here, they see nothing. */
function Opening(bar: BarProps) {
  const say = useWords(HOUSE_WORDS);
  return (
    <>
      <TopBar {...bar} />
      <main className="office">
        <p>{say(bar.freshness.state === "unanswered" ? "fresh.unanswered" : "fresh.opening")}</p>
      </main>
    </>
  );
}

interface HouseProps {
  readonly restaurants: readonly string[];
  readonly chosen: string;
  readonly onChoose: (restaurantId: string) => void;
}

/** Which house it is; for somebody who has more than one, a choice. */
function House({ restaurants, chosen, onChoose }: HouseProps) {
  const say = useWords(WORDS);
  const houses = useLook<Houses>("/restaurants").seen?.items.filter((one) => restaurants.includes(one.id)) ?? [];
  if (restaurants.length === 1) return <p className="office__house">{houses[0]?.name}</p>;
  return (
    <label>
      <span className="unseen">{say("restaurant")}</span>
      <select value={chosen} onChange={(event) => onChoose(event.target.value)}>
        {houses.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    </label>
  );
}

const SHOWN: Readonly<Record<Page, () => ReactNode>> = {
  people: () => <People />,
  keys: () => <Keys />,
  tablets: () => <Tablets />,
  audit: () => <Audit />,
  account: () => <Own />,
};

function Desk({ place }: { readonly place: Place }) {
  const say = useWords(WORDS);
  const pages = pagesFor(place.roles);
  const [page, turn] = usePage(pages);
  useEffect(() => {
    scrollTo(0, 0);
  }, [page]);
  return (
    <div className="office">
      <nav className="office__pages" aria-label={say("pages")}>
        <ul>
          {pages.map((one) => (
            <li key={one}>
              <button
                type="button"
                className="button"
                aria-current={one === page ? "page" : undefined}
                onClick={() => turn(one)}
              >
                {say(`page.${one}`)}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <main className="office__page">{SHOWN[page]()}</main>
    </div>
  );
}

function Own() {
  const sayHouse = useWords(HOUSE_WORDS);
  return (
    <section className="sheet" aria-labelledby="own">
      <h2 id="own">{sayHouse("account")}</h2>
      <Account />
    </section>
  );
}
