/** The kitchen's screen: who works here, and where in the kitchen it hangs. What hangs there is `Kitchen.tsx`'s. */

import { useCallback, useEffect, useState } from "react";

import { useWords } from "../house/language.ts";
import { NoJob } from "../house/NoJob.tsx";
import { Screen } from "../house/Screen.tsx";
import { KITCHEN_STAFF, restaurantsOf, type Shift } from "../house/shift.ts";
import { useAwake } from "./awake.ts";
import { Kitchen } from "./Kitchen.tsx";
import { type Place, placeOf, remember, remembered, searchOf } from "./place.ts";
import { Stations } from "./Stations.tsx";
import { WORDS } from "./words.ts";

export function KitchenScreen() {
  const say = useWords(WORDS);
  return (
    <Screen name="kitchen" title={say("kitchen")} staff={KITCHEN_STAFF}>
      {({ shift, signOut }) => <AtWork shift={shift} onSignOut={signOut} />}
    </Screen>
  );
}

interface AtWorkProps {
  readonly shift: Shift;
  readonly onSignOut: () => void;
}

function AtWork({ shift, onSignOut }: AtWorkProps) {
  const [restaurants] = useState(() => restaurantsOf(shift, KITCHEN_STAFF));
  const [place, choose] = usePlace(restaurants);
  useAwake();
  if (restaurants.length === 0) return <NoJob shift={shift} onSignOut={onSignOut} />;
  if (place === null) return <Choosing shift={shift} restaurants={restaurants} onChoose={choose} />;
  return (
    <Kitchen
      key={place.stationId ?? place.restaurantId}
      shift={shift}
      place={place}
      restaurants={restaurants}
      onChoose={choose}
      onSignOut={onSignOut}
    />
  );
}

interface ChoosingProps {
  readonly shift: Shift;
  readonly restaurants: readonly string[];
  readonly onChoose: (place: Place) => void;
}

function Choosing({ shift, restaurants, onChoose }: ChoosingProps) {
  const say = useWords(WORDS);
  return (
    <main className="door">
      <h1>{say("choose")}</h1>
      <Stations token={shift.accessToken} restaurants={restaurants} now={null} onChoose={onChoose} />
    </main>
  );
}

/** The place in the address, followed when somebody goes back. */
function usePlace(restaurants: readonly string[]): readonly [Place | null, (place: Place) => void] {
  const read = useCallback(() => placeOf(location.search, remembered(), restaurants), [restaurants]);
  const [place, setPlace] = useState(read);
  useEffect(() => {
    const went = (): void => setPlace(read());
    addEventListener("popstate", went);
    return () => removeEventListener("popstate", went);
  }, [read]);
  useEffect(() => {
    if (place === null) return;
    remember(place);
    const search = searchOf(place, restaurants);
    if (search !== location.search) history.replaceState(null, "", location.pathname + search);
  }, [place, restaurants]);
  const choose = useCallback(
    (one: Place) => {
      history.pushState(null, "", location.pathname + searchOf(one, restaurants));
      setPlace(one);
    },
    [restaurants],
  );
  return [place, choose];
}
