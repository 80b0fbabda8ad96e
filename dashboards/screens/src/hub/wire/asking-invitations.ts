/**
 * What travels between a hub and its screens: asking-invitations.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { LetterRead } from "./accounts.ts";
import type { Ask } from "./asking.ts";
import type {
  Hired,
  InvitationAnswer,
  InvitationRead,
  Joined,
  Joining,
  PendingInvitations,
  RestInvitePerson,
  RestSendInvitationAgain,
  RestWithdrawInvitation,
} from "./invitations.ts";

/** Who was invited to work in the restaurant and has not answered, and what as. */
export function showInvitationsOfRestaurant(ask: Ask, restaurantId: string): Promise<PendingInvitations> {
  return ask("GET", `/restaurants/${encodeURIComponent(restaurantId)}/invitations`);
}

/** Write to somebody that they may work here, as all of this. Another invitation of this address is over by that. */
export function invitePerson(ask: Ask, restaurantId: string, body: RestInvitePerson): Promise<InvitationAnswer> {
  return ask("POST", `/restaurants/${encodeURIComponent(restaurantId)}/invitations`, { body });
}

/** Write to them once more. It is good for as long as a new one, and whoever sends it answers for it. */
export function sendInvitationAgain(
  ask: Ask,
  invitationId: string,
  body: RestSendInvitationAgain = {},
): Promise<InvitationAnswer> {
  return ask("POST", `/invitations/${encodeURIComponent(invitationId)}/send`, { body });
}

/** What the letter says does not count any more. */
export function withdrawInvitation(
  ask: Ask,
  invitationId: string,
  body: RestWithdrawInvitation = {},
): Promise<InvitationAnswer> {
  return ask("DELETE", `/invitations/${encodeURIComponent(invitationId)}`, { body });
}

/** Have shown what the letter invites to. It is as good afterwards as before. */
export function readInvitation(ask: Ask, body: LetterRead): Promise<InvitationRead> {
  return ask("POST", "/auth/invitation", { body });
}

/** Begin an account and work there, with what the link in the letter carries. */
export function joinTeam(ask: Ask, body: Joining): Promise<Joined> {
  return ask("POST", "/auth/join", { body });
}

/** Work there, with the account that has the letter's address. */
export function acceptInvitation(ask: Ask, body: LetterRead): Promise<Hired> {
  return ask("POST", "/me/invitations", { body });
}
