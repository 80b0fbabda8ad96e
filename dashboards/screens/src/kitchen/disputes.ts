/**
 * Voids that crossed a bump: one hand voided a line while another had it cooked, and neither knew of the other.
 *
 * Until somebody decides, the line is off the bill and its plate stands at the pass, or with the guest. Not its business:
 * what crosses what, which is the hub's.
 */

import type { TicketCard, TicketLine } from "../hub/index.ts";

export interface Dispute {
  readonly card: TicketCard;
  readonly line: TicketLine;
}

/** What has to be decided, as the tickets were fired. */
export function disputesOf(cards: readonly TicketCard[]): readonly Dispute[] {
  return cards.flatMap((card) => card.lines.filter((one) => one.isDisputed).map((line) => ({ card, line })));
}

/** Whether the plate is with the guest already, so that only the bill is left to decide. */
export function isEaten({ card }: Dispute): boolean {
  return card.status === "served";
}
