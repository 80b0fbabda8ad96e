/**
 * What travels between a hub and its screens: identity.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Role } from "./people.ts";

/** What signing in answers. The token lasts one shift. */
export interface SignedIn {
  readonly accessToken: string;
  readonly tokenType: string;
  readonly expiresAt: string;
  readonly userId: string;
  readonly name: string;
  readonly roles: Readonly<Record<string, readonly Role[]>>;
}
