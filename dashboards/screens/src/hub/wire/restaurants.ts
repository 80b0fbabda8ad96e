/**
 * What travels between a hub and its screens: restaurants.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Rounding } from "./bills.ts";
import type { Seen } from "./command.ts";
import type { OrderKind } from "./orders.ts";
import type { Role } from "./rights.ts";

/**
 * Open a restaurant for somebody who has an account: they are its owner, and hire everybody else. For operators.
 *
 * `timeZone` is one of the IANA's, such as `Europe/Madrid`. `taxRates` are basis points by kind of order: 2000 is 20 %;
 * a kind that is not named pays none. After so many seconds somebody is told of a ticket that nobody has started, and
 * of a table that waits.
 */
export interface OpenRestaurant {
  readonly seen?: Seen | null;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly ownerEmail: string;
  readonly taxRates?: Readonly<Partial<Record<OrderKind, number>>>;
  readonly isTaxIncluded?: boolean;
  readonly taxRounding?: Rounding;
  readonly ticketNotStartedSeconds?: number;
  readonly tableWaitingSeconds?: number;
}

/** A restaurant, and what whoever asks is to it. */
export interface House {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly roles: readonly Role[];
}

/** Restaurants, by name. */
export interface Houses {
  readonly nextCursor: string | null;
  readonly items: readonly House[];
}
