/** What was ordered under one's name lately: how often, for how much, and what most of all. */

import type { Statistics } from "../../hub/index.ts";
import { listed, locale, money, useWords } from "../language.ts";
import { useLook } from "../looking.ts";
import { Seen } from "../Seen.tsx";
import { WORDS } from "./words.ts";

export function OwnOrders() {
  const say = useWords(WORDS);
  const look = useLook<Statistics>("/me/statistics");
  return (
    <Seen look={look}>
      {({ since, orders, spent, favourites }) =>
        orders === 0 ? (
          <p>{say("orders.none", { since: day(since) })}</p>
        ) : (
          <>
            <p>{say("orders.count", { since: day(since), count: orders })}</p>
            {spent.length > 0 && <p>{say("orders.spent", { amounts: listed(spent.map(money)) })}</p>}
            {favourites.length > 0 && (
              <>
                <h4>{say("orders.favourites")}</h4>
                <ol className="favourites">
                  {favourites.map(({ itemId, name, portions }) => (
                    <li key={itemId}>{say("orders.favourite", { name, count: portions })}</li>
                  ))}
                </ol>
              </>
            )}
          </>
        )
      }
    </Seen>
  );
}

function day(at: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "long" }).format(new Date(at));
}
