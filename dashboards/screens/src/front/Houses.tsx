/** Which restaurant's pulse is shown, for whoever works in more than one. */

import { useEffect, useState } from "react";

import { asking } from "../house/api.ts";
import { useWords } from "../house/language.ts";
import type { Demo, Shift } from "../house/shift.ts";
import { WORDS as HOUSE_WORDS } from "../house/words.ts";
import { showRestaurantsMine } from "../hub/index.ts";
import { watchable } from "./houses.ts";
import { Pulse } from "./Pulse.tsx";
import { WORDS } from "./words.ts";

interface HousesProps {
  readonly shift: Shift;
  readonly demo: Demo | null;
  readonly onSignOut: () => void;
}

export function Houses({ shift, demo, onSignOut }: HousesProps) {
  const say = useWords(WORDS);
  const names = useNames(shift, demo);
  const houses = watchable(shift).filter((one) => demo === null || one.restaurantId === demo.restaurantId);
  const [chosen, setChosen] = useState<string | null>(null);
  const house = houses.find((one) => one.restaurantId === chosen) ?? houses[0];
  const person = demo === null ? <Person shift={shift} onSignOut={onSignOut} /> : null;
  if (house === undefined) {
    return (
      <section className="pulse pulse--closed" aria-label={say("pulse")}>
        <p>{say("nothingToWatch", { name: shift.name })}</p>
        {person}
      </section>
    );
  }
  const nameOf = (restaurantId: string): string => names.get(restaurantId) ?? say("yourRestaurant");
  return (
    <Pulse key={house.restaurantId} house={house} name={nameOf(house.restaurantId)} token={shift.accessToken}>
      {houses.length > 1 && (
        <label className="pulse__choice">
          <span className="unseen">{say("restaurant")}</span>
          <select value={house.restaurantId} onChange={(event) => setChosen(event.target.value)}>
            {houses.map(({ restaurantId }) => (
              <option key={restaurantId} value={restaurantId}>
                {nameOf(restaurantId)}
              </option>
            ))}
          </select>
        </label>
      )}
      {person}
    </Pulse>
  );
}

function Person({ shift, onSignOut }: Pick<HousesProps, "shift" | "onSignOut">) {
  const sayHouse = useWords(HOUSE_WORDS);
  return (
    <p className="pulse__person">
      {shift.name}
      <a className="button" href="/account">
        {sayHouse("account")}
      </a>
      <button type="button" className="button" onClick={onSignOut}>
        {sayHouse("signOut")}
      </button>
    </p>
  );
}

/** What restaurants are called; without an answer each is simply one's own. */
function useNames({ accessToken }: Shift, demo: Demo | null): ReadonlyMap<string, string> {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    if (demo !== null) return setNames(new Map([[demo.restaurantId, demo.restaurant]]));
    showRestaurantsMine(asking(accessToken)).then(
      ({ items }) => setNames(new Map(items.map((one) => [one.id, one.name]))),
      () => undefined,
    );
  }, [accessToken, demo]);
  return names;
}
