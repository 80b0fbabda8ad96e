/**
 * A room's chain: what a client holds of it, and whether an entry fits.
 *
 * The rule is the hub's promise seen from outside: an entry is applied exactly when `prev ≤ held < seq`. Not its
 * business: where entries come from (`room.ts`) and what they do to a board (`boards/`).
 */

/** The number that a client holds in one room, and the ledger's epoch that it is of. */
export interface Held {
  readonly seq: number;
  readonly epoch: string;
}

/** What an entry is to somebody who holds a number. */
export type Fit = "next" | "repetition" | "gap";

/** Whether an entry is to be applied, was applied before, or shows that something was missed. */
export function fit(heldSeq: number, entry: { readonly seq: number; readonly prev: number }): Fit {
  if (entry.seq <= heldSeq) return "repetition";
  return entry.prev <= heldSeq ? "next" : "gap";
}
