/**
 * Finishing what somebody began who comes back from a provider: a shift at the screen they wanted, or a link to the
 * account whose shift is under way there.
 *
 * What stands in the address is good once and taken out of it at once. Not its business: whose account it is, which the
 * hub decides.
 */

import { post } from "../house/api.ts";
import { type Departure, PROVIDERS, providerAt, type Return, returnIn, takeDeparture } from "../house/elsewhere.ts";
import { goodShift } from "../house/renewal.ts";
import { deviceAt, keepShift, logOut, placeAt, shiftAt, shiftOf } from "../house/shift.ts";
import { Refusal, type SignedIn } from "../hub/index.ts";

/** Whoever comes back: from whom, what they had left with, and what comes of it. */
export interface Arriving {
  /** As people call it; null where nobody sends anybody to this address. */
  readonly provider: string | null;
  /** Where they go on. */
  readonly back: string;
  readonly isLinking: boolean;
  /** Ends when it is done; a Refusal says why it is not. */
  readonly finishing: Promise<void>;
}

const NOT_BEGUN = { code: "sign_in_not_begun", message: "This sign-in was not begun here.", retry: false };
const NOT_LET_THROUGH = { code: "not_let_through", message: "Nothing came of it there.", retry: false };

export function arrive(): Arriving {
  const provider = providerAt(location.pathname);
  const returned = returnIn(location.search);
  history.replaceState(null, "", location.pathname);
  const departure = provider === null ? null : takeDeparture(provider);
  const finishing = finish(departure, returned);
  // The page is told in a moment; until then nobody else is to complain of it.
  finishing.catch(() => undefined);
  return {
    provider: provider === null ? null : PROVIDERS[provider],
    back: departure?.back ?? "/",
    isLinking: departure !== null && departure.linksTo !== null,
    finishing,
  };
}

async function finish(departure: Departure | null, returned: Return | null): Promise<void> {
  if (departure === null) throw new Refusal(NOT_BEGUN);
  if (returned === null) throw new Refusal(NOT_LET_THROUGH);
  const { provider, handle, screen, linksTo } = departure;
  const said = { ...returned, handle, device: deviceAt(screen) };
  const path = `/auth/${provider}/finish`;
  if (linksTo === null) keepShift(screen, shiftOf(await post<SignedIn>(path, said)));
  else {
    const accessToken = await tokenOf(departure);
    // They are signed in already, and need no second shift.
    await logOut(shiftOf(await post<SignedIn>(path, { ...said, accessToken })));
  }
}

/** The token of whoever wanted the link, and of nobody else who has signed in at their screen since. */
async function tokenOf({ screen, linksTo }: Departure): Promise<string> {
  const shift = shiftAt(screen);
  if (shift?.userId !== linksTo) throw new Refusal(NOT_BEGUN);
  return (await goodShift(shift, placeAt(screen))).accessToken;
}
