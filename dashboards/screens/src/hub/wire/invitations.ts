/**
 * What travels between a hub and its screens: invitations.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Seen } from "./command.ts";
import type { Language } from "./profiles.ts";
import type { Role } from "./rights.ts";

/** An invitation as it is now, or was. To whom it is, is no part of an answer that is kept. */
export interface InvitationAnswer {
  readonly invitationId: string;
  readonly restaurantId: string;
  readonly roles: readonly Role[];
  readonly invitedBy: string;
  readonly invitedAt: string;
  readonly expiresAt: string;
}

/**
 * Write to somebody that they may work here, as all of this. Another invitation of this address is over by that.
 *
 * Nobody is told whether there is an account with it. Whoever has one is written to in their own language.
 */
export interface InvitePerson {
  readonly seen?: Seen | null;
  readonly restaurantId: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly language?: Language;
}

/** Write to them once more. It is good for as long as a new one, and whoever sends it answers for it. */
export interface SendInvitationAgain {
  readonly seen?: Seen | null;
  readonly invitationId: string;
}

/** What the letter says does not count any more. */
export interface WithdrawInvitation {
  readonly seen?: Seen | null;
  readonly invitationId: string;
}

/** Where one works from now on, and all that one is there. */
export interface Hired {
  readonly restaurantId: string;
  readonly roles: readonly Role[];
}

/**
 * What a letter invites to: where, and as what; to which address, and whether there is an account with it.
 *
 * Whoever has none chooses a password of at least so many characters. Nothing is accepted by reading it.
 */
export interface InvitationRead {
  readonly restaurantId: string;
  readonly restaurant: string;
  readonly roles: readonly Role[];
  readonly email: string;
  readonly hasAccount: boolean;
  readonly passwordLengthMin: number;
  readonly expiresAt: string;
}

/**
 * Write to somebody that they may work here, as all of this. Another invitation of this address is over by that.
 *
 * Nobody is told whether there is an account with it. Whoever has one is written to in their own language.
 */
export interface RestInvitePerson {
  readonly seen?: Seen | null;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly language?: Language;
}

/**
 * The account has begun, and its owner is hired. One signs in with this address and the password just chosen.
 *
 * `deviceToken` is as in signing in.
 */
export interface Joined {
  readonly restaurantId: string;
  readonly roles: readonly Role[];
  readonly email: string;
  readonly deviceToken: string;
}

/** What the link in a letter carries, and how its reader is called and signs in from now on. */
export interface Joining {
  readonly token: string;
  readonly name: string;
  readonly password: string;
  readonly language?: string;
}

/**
 * Who is waited for, and as what they are to come. `isGood` is false where whoever `invitedBy` names may not invite
 * them any more: then the letter opens nothing, until somebody who may sends it again.
 */
export interface PendingInvitation {
  readonly invitationId: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly invitedBy: string;
  readonly invitedAt: string;
  readonly expiresAt: string;
  readonly isGood: boolean;
}

/** Invitations that nobody has answered yet, the latest first. */
export interface PendingInvitations {
  readonly nextCursor: string | null;
  readonly items: readonly PendingInvitation[];
}

/** Write to them once more. It is good for as long as a new one, and whoever sends it answers for it. */
export interface RestSendInvitationAgain {
  readonly seen?: Seen | null;
}

/** What the letter says does not count any more. */
export interface RestWithdrawInvitation {
  readonly seen?: Seen | null;
}
