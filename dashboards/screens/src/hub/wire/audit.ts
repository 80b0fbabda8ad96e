/**
 * What travels between a hub and its screens: audit.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

/** Entries, the newest first. */
export interface Audit {
  readonly nextCursor: string | null;
  readonly items: readonly AuditEntry[];
}

/**
 * What somebody changed. Of a change, `old` and `new` have what differs, and both what it is known by, such as its
 * name; null is what was not there, or is gone. People are named by their ids alone.
 *
 * `hash` covers the entry and the one before it. `address` is null where nobody who is believed said it.
 */
export interface AuditEntry {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  readonly old: Readonly<Record<string, unknown>> | null;
  readonly new: Readonly<Record<string, unknown>> | null;
  readonly address: string | null;
  readonly hash: string;
}
