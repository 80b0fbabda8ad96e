/**
 * How big the cards are: as big as what hangs there allows, and never too small to be read from two metres.
 *
 * Not its business: which cards there are, and where on the rail each hangs.
 */

import type { TicketCard } from "../hub/index.ts";

export type Density = "roomy" | "usual" | "dense";

/** How much may hang there in all before cards must be smaller, in lines. */
export type Limits = Readonly<Record<"roomy" | "usual", number>>;

/** A first guess; a rail that finds something out of sight knows better. */
export const GUESSED: Limits = { roomy: 26, usual: 64 };
/** So much of the room must be free before cards grow again, so that sizes do not flicker with every bump. */
const RELUCTANCE = 0.8;
/** What a card's head and foot take, in lines. */
const FRAME_LINES = 2;
const EXTRA_LINES = 0.4;
/** About how wide a column should be; the rail's width decides. */
const COLUMN_PX: Readonly<Record<Density, number>> = { roomy: 460, usual: 380, dense: 330 };
/** Narrower than that, the rail is one column that is scrolled with the thumb. */
export const ONE_COLUMN_PX_MAX = 640;
/** Where a screen is not wider than that, it is held in the hand, not hung on a wall. */
const HAND_PX_MAX = 1_200;
const HAND_COLUMN_PX: Readonly<Record<Density, number>> = { roomy: 320, usual: 270, dense: 250 };

/** How much of a rail a card takes, in lines: with their modifiers and notes, and the head and foot around them. */
export function bulkOf(tickets: readonly TicketCard[]): number {
  const lines = tickets.flatMap((one) => one.lines);
  const extras = lines.reduce((sum, one) => sum + one.modifiers.length + Number(one.note !== null), 0);
  return FRAME_LINES * tickets.length + lines.length + EXTRA_LINES * extras;
}

/** The density for so much in all, reluctant to leave the one before. */
export function densityFor(bulk: number, limits: Limits, before: Density | null): Density {
  if (bulk <= limits.roomy * (before === null || before === "roomy" ? 1 : RELUCTANCE)) return "roomy";
  return bulk <= limits.usual * (before === "dense" ? RELUCTANCE : 1) ? "usual" : "dense";
}

/** What a rail has learnt when so much did not fit at this density. */
export function learnt(limits: Limits, density: Density, bulk: number): Limits {
  if (density === "dense") return limits;
  return { ...limits, [density]: Math.min(limits[density], bulk - 1) };
}

/** How many columns hang side by side on a rail of this width. */
export function columnsFor(widthPx: number, density: Density): number {
  if (widthPx <= ONE_COLUMN_PX_MAX) return 1;
  const columnPx = (widthPx <= HAND_PX_MAX ? HAND_COLUMN_PX : COLUMN_PX)[density];
  return Math.max(2, Math.round(widthPx / columnPx));
}
