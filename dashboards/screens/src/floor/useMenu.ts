/**
 * The menu and the stations' names, read once and again whenever they are not what they were.
 *
 * Until they were read, and while the hub cannot be reached, the last ones known stay, also over a reload. Not its
 * business: stock, which the board has.
 */

import { useEffect, useRef, useState } from "react";

import { asking } from "../house/api.ts";
import { useMemory } from "../house/Connected.tsx";
import { type Menu, showMenusStations, showMenusWhole } from "../hub/wire.ts";

const AGAIN_MS = 3_000;

export interface House {
  readonly menu: Menu | null;
  readonly stationNames: ReadonlyMap<string, string>;
}

/** `edition` is anything that differs when they must be read again. */
export function useMenu(restaurantId: string, token: string, edition: number): House {
  const [house, setHouse] = useState<House>({ menu: null, stationNames: new Map() });
  const begun = useRef(0);
  const shown = useRef(0);
  const memory = useMemory();
  useEffect(() => {
    const kept = `menu:${restaurantId}`;
    const turn = (begun.current += 1);
    let isOver = false;
    let again: ReturnType<typeof setTimeout>;
    const read = async (): Promise<void> => {
      const ask = asking(token);
      const [menu, stations] = await Promise.all([
        showMenusWhole(ask, restaurantId),
        showMenusStations(ask, restaurantId),
      ]);
      // Of an edition that is over it is still better than none, unless a later one was quicker.
      if (turn < shown.current) return;
      shown.current = turn;
      const known: House = { menu, stationNames: new Map(stations.items.map((one) => [one.id, one.name])) };
      setHouse(known);
      memory.remember(kept, { what: known, atMs: Date.now() }).catch(() => undefined);
    };
    const recall = async (): Promise<void> => {
      const last = await memory.recall(kept);
      // Kept above, by these very screens.
      if (last !== null) setHouse((now) => (now.menu === null ? (last.what as House) : now));
    };
    const keepReading = (): void => {
      read().catch(() => {
        recall().catch(() => undefined);
        if (!isOver) again = setTimeout(keepReading, AGAIN_MS);
      });
    };
    keepReading();
    return () => {
      isOver = true;
      clearTimeout(again);
    };
  }, [restaurantId, token, edition, memory]);
  return house;
}
