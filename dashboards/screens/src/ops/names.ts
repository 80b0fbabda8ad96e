/**
 * What the things that rooms are about are called, so that an operator reads `Grill` and not an id.
 *
 * Only where the operator works there, too; without names there are ids. Not its business: what is in the rooms.
 */

import { useEffect, useState } from "react";

import { get } from "../house/api.ts";
import type { Shift } from "../house/shift.ts";

interface Named {
  readonly items: readonly { readonly id: string; readonly name: string }[];
}

const NOBODY: ReadonlyMap<string, string> = new Map();

/** Names by id: of the restaurants of this shift, their stations and their tables. */
export function useNames({ accessToken, roles }: Shift): ReadonlyMap<string, string> {
  const [names, setNames] = useState(NOBODY);
  useEffect(() => {
    const restaurants = Object.keys(roles).map((one) => `/restaurants/${one}`);
    const lists = ["/restaurants", ...restaurants.flatMap((one) => [`${one}/stations`, `${one}/tables`])];
    let isWanted = true;
    // A list that cannot be had leaves ids, which say the same to those who know them.
    void Promise.allSettled(lists.map((one) => get<Named>(one, accessToken))).then((answers) => {
      const items = answers.flatMap((one) => (one.status === "fulfilled" ? one.value.items : []));
      if (isWanted) setNames(new Map(items.map((one) => [one.id, one.name])));
    });
    return () => {
      isWanted = false;
    };
  }, [accessToken, roles]);
  return names;
}
