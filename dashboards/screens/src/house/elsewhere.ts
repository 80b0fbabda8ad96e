/**
 * Going to somebody elsewhere who vouches, and coming back: what this tab remembers meanwhile, and what it comes back
 * with. The handle never leaves the tab that began, so an address that anybody has made up opens nothing.
 *
 * Not its business: whose account it is, which the hub decides, and what is shown on the way (`src/arrival`).
 */

import { type ProviderName, Refusal, type SentThere } from "../hub/index.ts";
import { post } from "./api.ts";
import type { ScreenName } from "./shift.ts";
import { session } from "./storage.ts";

export const PROVIDERS: Readonly<Record<ProviderName, string>> = { google: "Google", facebook: "Facebook" };

/** Whoever is on their way: with what they finish, for which screen, and where they came from. */
export interface Departure {
  readonly provider: ProviderName;
  readonly handle: string;
  readonly screen: ScreenName;
  /** The screen they want, as an address below this origin. */
  readonly back: string;
  /** To whose account the one elsewhere is linked; null for somebody who signs in. */
  readonly linksTo: string | null;
}

/** With what a provider sends somebody back. */
export interface Return {
  readonly code: string;
  readonly state: string;
  readonly iss: string | null;
}

const KEPT = "brigade.departure";

/** What a tab says of somebody who leaves from an address that providers do not send anybody back to. */
export const FROM_ELSEWHERE = "from_elsewhere";

/** Send somebody to a provider. Raises a Refusal, also where they could not come back to this tab's address. */
export async function depart(to: Omit<Departure, "handle" | "back">): Promise<void> {
  const { url, handle } = await post<SentThere>(`/auth/${to.provider}/begin`, {});
  const origin = returnsTo(url);
  if (origin !== null && origin !== location.origin) {
    const message = `Open this screen at ${origin}: only there does ${PROVIDERS[to.provider]} send anybody back.`;
    throw new Refusal({ code: FROM_ELSEWHERE, message, retry: false, origin, provider: PROVIDERS[to.provider] });
  }
  const departure: Departure = { ...to, handle, back: location.pathname + location.search };
  session.setItem(KEPT, JSON.stringify(departure));
  location.assign(url);
}

/** Whoever left this tab for this provider; asked again, nobody. */
export function takeDeparture(provider: ProviderName): Departure | null {
  const text = session.getItem(KEPT);
  session.removeItem(KEPT);
  if (text === null) return null;
  try {
    const kept: Departure = JSON.parse(text);
    return kept.provider === provider ? { ...kept, back: below(kept.back) } : null;
  } catch {
    return null;
  }
}

/** Which provider sends people to this address; null where that is none. */
export function providerAt(path: string): ProviderName | null {
  const name = /^\/signed-in\/(\w+)\/?$/.exec(path)?.[1];
  return name === "google" || name === "facebook" ? name : null;
}

/** What stands in the address somebody was sent back to; null where they were not let through there. */
export function returnIn(search: string): Return | null {
  const said = new URLSearchParams(search);
  const [code, state] = [said.get("code"), said.get("state")];
  return code === null || state === null ? null : { code, state, iss: said.get("iss") };
}

/** To which origin a provider's address leads back; null where it does not say. */
export function returnsTo(url: string): string | null {
  const back = new URL(url).searchParams.get("redirect_uri");
  return back === null ? null : new URL(back).origin;
}

/** An address below this origin, whatever stands there. */
function below(address: string): string {
  return /^\/(?![/\\])/.test(address) ? address : "/";
}
