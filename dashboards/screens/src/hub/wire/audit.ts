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

/**
 * Whether the audit is as it was written: nothing changed in it, taken out of it or put into it.
 *
 * Some entries are looked at with each question, up to the number `upTo`. `isWhole` is null as long as there are more:
 * ask again `after` that one. `brokenAt` is the first that does not fit. How many `entries` there are, and the hashes
 * of the first and the last, are worth writing down elsewhere: by them it shows whether the end was cut off.
 */
export interface Wholeness {
  readonly entries: number;
  readonly firstHash: string | null;
  readonly lastHash: string | null;
  readonly upTo: number;
  readonly isWhole: boolean | null;
  readonly brokenAt: number | null;
}
