/**
 * What travels between a hub and its screens: sessions.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Seen } from "./command.ts";
import type { Role } from "./rights.ts";

/** End one of one's own sessions, such as that of a telephone that was lost. */
export interface EndSession {
  readonly seen?: Seen | null;
  readonly sessionId: string;
}

/**
 * End the session that this is asked in. Its tokens open nothing any more, and its sockets close.
 *
 * Asked over one of those, the goodbye is the answer.
 */
export interface LogOut {
  readonly seen?: Seen | null;
}

/** End all of one's sessions, this one too. */
export interface LogOutEverywhere {
  readonly seen?: Seen | null;
}

/** Why a session ended. */
export type SessionEnd =
  | "logged_out"
  | "device_revoked"
  | "pin_changed"
  | "token_reused"
  | "password_changed"
  | "account_deleted";

/** A person's session is over, or all that they had where none is named. Every hub closes its sockets. */
export interface SessionEnded {
  readonly userId: string;
  readonly sessionId: string | null;
  readonly reason: SessionEnd;
}

/**
 * What somebody signs in with. `device` is how they would know it again, such as *Tablet at the grill*, and
 * `deviceToken` what they were given when they last signed in there.
 *
 * `code` is what their telephone shows, or a recovery code, where they have a second factor: the hub asks for it.
 */
export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly device?: string | null;
  readonly deviceToken?: string | null;
  readonly code?: string | null;
}

/** End one of one's own sessions, such as that of a telephone that was lost. */
export interface RestEndSession {
  readonly seen?: Seen | null;
}

/** What a session goes on with. Sent again because no answer came, it must carry the same `commandId`. */
export interface RefreshToken {
  readonly refreshToken: string;
  readonly commandId?: string | null;
}

/** One of somebody's sessions: since when, last used when, and until when it could go on unused. */
export interface Session {
  readonly sessionId: string;
  readonly device: string | null;
  readonly beganAt: string;
  readonly usedAt: string;
  readonly expiresAt: string;
  readonly isThis: boolean;
}

/** Somebody's sessions. */
export interface Sessions {
  readonly nextCursor: string | null;
  readonly items: readonly Session[];
}

/**
 * Who signed in, and with what they go on.
 *
 * `accessToken` opens what they may see until `expiresAt`, which is `expiresInSeconds` from now. `refreshToken` is good
 * for one more of this, once, until `refreshExpiresAt`. Shown at the next sign-in to the same account, `deviceToken`
 * says that it is tried at this device, which no stranger's failures lock out; it opens nothing.
 */
export interface SignedIn {
  readonly accessToken: string;
  readonly tokenType: string;
  readonly expiresAt: string;
  readonly expiresInSeconds: number;
  readonly refreshToken: string;
  readonly refreshExpiresAt: string;
  readonly deviceToken: string | null;
  readonly sessionId: string;
  readonly userId: string;
  readonly name: string;
  readonly roles: Readonly<Record<string, readonly Role[]>>;
}

/** For whom the token stands, and until when. */
export interface Valid {
  readonly actor: string;
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly expiresAt: string | null;
}
