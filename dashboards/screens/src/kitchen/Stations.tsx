/** Where this screen hangs: choosing one of the stations, or the pass. */

import { useEffect, useState } from "react";

import { asking } from "../house/api.ts";
import { useWords } from "../house/language.ts";
import { refused, WORDS as HOUSE_WORDS } from "../house/words.ts";
import { type House, type Refusal, type RestStation, showMenusStations, showRestaurantsMine } from "../hub/index.ts";
import type { Place } from "./place.ts";
import { keepReading } from "./reading.ts";
import { WORDS } from "./words.ts";

interface Kitchen {
  readonly house: House;
  readonly stations: readonly RestStation[];
}

interface StationsProps {
  readonly token: string;
  /** The restaurants whose kitchens may be chosen. */
  readonly restaurants: readonly string[];
  readonly now: Place | null;
  readonly onChoose: (place: Place) => void;
}

export function Stations({ token, restaurants, now, onChoose }: StationsProps) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const { kitchens, refusal } = useKitchens(token, restaurants);
  if (refusal !== null) return <p role="alert">{refused(sayHouse, refusal)}</p>;
  if (kitchens === null) return <p role="status">{say("stationsReading")}</p>;
  return kitchens.map(({ house, stations }) => (
    <section key={house.id} className="stations" aria-label={house.name}>
      <h2>{house.name}</h2>
      <ul>
        <li>
          <Choice
            label={say("pass")}
            isNow={now?.restaurantId === house.id && now.stationId === null}
            onChoose={() => onChoose({ restaurantId: house.id, stationId: null })}
          />
        </li>
        {stations.map((one) => (
          <li key={one.id}>
            <Choice
              label={one.name}
              isNow={now?.stationId === one.id}
              onChoose={() => onChoose({ restaurantId: house.id, stationId: one.id })}
            />
          </li>
        ))}
      </ul>
    </section>
  ));
}

interface ChoiceProps {
  readonly label: string;
  readonly isNow: boolean;
  readonly onChoose: () => void;
}

function Choice({ label, isNow, onChoose }: ChoiceProps) {
  return (
    <button type="button" className="button" aria-current={isNow ? "page" : undefined} onClick={onChoose}>
      {label}
    </button>
  );
}

const TRY_AGAIN_MS = 3_000;

interface KitchensNow {
  /** The kitchens with their stations; null until they were read. */
  readonly kitchens: readonly Kitchen[] | null;
  /** Why they will not be read. */
  readonly refusal: Refusal | null;
}

function useKitchens(token: string, restaurants: readonly string[]): KitchensNow {
  const [kitchens, setKitchens] = useState<readonly Kitchen[] | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const wanted = restaurants.join();
  useEffect(() => {
    setRefusal(null);
    return keepReading({
      read: () => kitchensOf(token, new Set(wanted.split(","))),
      onRead: setKitchens,
      onRefused: setRefusal,
      tryAgainMs: TRY_AGAIN_MS,
    });
  }, [token, wanted]);
  return { kitchens, refusal };
}

async function kitchensOf(token: string, restaurants: ReadonlySet<string>): Promise<readonly Kitchen[]> {
  const { items } = await showRestaurantsMine(asking(token));
  const ours = items.filter((one) => restaurants.has(one.id));
  return Promise.all(
    ours.map(async (house) => {
      const { items: stations } = await showMenusStations(asking(token), house.id);
      return { house, stations };
    }),
  );
}
