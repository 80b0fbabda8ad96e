/**
 * What travels between a hub and its screens: command.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

/** Where a board stood when something was asked at it: its number, and the life of the ledger it counts in. */
export interface Seen {
  readonly epoch: string;
  readonly seq: number;
}
