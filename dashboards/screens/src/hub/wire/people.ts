/**
 * What travels between a hub and its screens: people.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Seen } from "./command.ts";
import type { Language, Theme } from "./profiles.ts";
import type { Role } from "./rights.ts";

/**
 * Tell everyone something, or everyone who has this role in some restaurant or on the platform: `guest` is whoever
 * holds a table's or an order's link, `customer` whoever has an account. For operators of the hub.
 */
export interface Announce {
  readonly seen?: Seen | null;
  readonly title: string;
  readonly message: string;
  readonly type?: NoticeKind;
  readonly role?: Role | null;
}

/** Let a person do one more job in a restaurant. */
export interface GiveRole {
  readonly seen?: Seen | null;
  readonly restaurantId: string;
  readonly userId: string;
  readonly role: Role;
}

export type NoticeKind = "info" | "order_ready" | "warning";

/** Tell one person something, such as to see whether it reaches them. For operators of the hub. */
export interface Notify {
  readonly seen?: Seen | null;
  readonly userId: string;
  readonly title: string;
  readonly message: string;
  readonly type?: NoticeKind;
}

/** Something for one person: `{title, message, type, timestamp}`, a shape whose clients exist. */
export interface RealTimeNotification {
  readonly title: string;
  readonly message: string;
  readonly type: NoticeKind;
}

/**
 * A person's roles in a restaurant, or on the platform where that is none, are not what they were. Every hub forgets
 * what it knew of them.
 */
export interface RightsChanged {
  readonly userId: string;
  readonly restaurantId: string | null;
  readonly roles: readonly Role[];
}

/** Something for everyone, or for a role: `{title, message, type, timestamp}`, a shape whose clients exist. */
export interface SystemAnnouncement {
  readonly title: string;
  readonly message: string;
  readonly type: NoticeKind;
  readonly role: Role | null;
}

/** A person does not do this job here any more. Their screens close at once. */
export interface TakeRole {
  readonly seen?: Seen | null;
  readonly restaurantId: string;
  readonly userId: string;
  readonly role: Role;
}

/** You may do other things in a restaurant than before. */
export interface YourRightsChanged {
  readonly userId: string;
  readonly restaurantId: string;
  readonly roles: readonly Role[];
}

/** Somebody who works in a restaurant, or did: without `roles` they do not any more. */
export interface Colleague {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
}

/** People of a restaurant, by name. */
export interface Colleagues {
  readonly nextCursor: string | null;
  readonly items: readonly Colleague[];
}

/** Let a person do one more job in a restaurant. */
export interface RestGiveRole {
  readonly seen?: Seen | null;
}

/** The link that a guest was given with an order, or with a seating. */
export interface GuestLink {
  readonly guestLink: string;
}

/**
 * Whoever asks. A guest has no `userId`; what their link opens is named instead.
 *
 * Without `hasAvatar` there is no picture to ask for.
 */
export interface Me {
  readonly actor: string;
  readonly userId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: Language | null;
  readonly theme: Theme | null;
  readonly hasAvatar: boolean;
  readonly sessionId: string | null;
  readonly isOperator: boolean;
  readonly roles: Readonly<Record<string, readonly Role[]>>;
  readonly tableId: string | null;
  readonly seatingId: string | null;
  readonly orderId: string | null;
  readonly expiresAt: string | null;
}

/** Tell one person something, such as to see whether it reaches them. For operators of the hub. */
export interface RestNotify {
  readonly seen?: Seen | null;
  readonly title: string;
  readonly message: string;
  readonly type?: NoticeKind;
}

/** A person does not do this job here any more. Their screens close at once. */
export interface RestTakeRole {
  readonly seen?: Seen | null;
}
