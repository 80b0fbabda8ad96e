/**
 * Which cards are in sight and which are not, so that no ticket is ever out of sight without a word.
 *
 * Not its business: how the rail is moved.
 */

/** A box on the screen, such as an element's rectangle. */
export type Box = Pick<DOMRect, "left" | "right" | "top" | "bottom">;

/** How many cards hang before and after those in sight; `first` is the place of the first one in sight. */
export interface Sight {
  readonly before: number;
  readonly after: number;
  readonly first: number;
}

export const ALL_IN_SIGHT: Sight = { before: 0, after: 0, first: 0 };

/** So much of a card must be seen before it counts: its head, which says whose it is and how late. */
const HEAD_PX = 90;
/** Boxes are not always whole pixels. */
const SLACK_PX = 3;

/** What of a rail is in sight. */
export function sightOf(cards: readonly Box[], rail: Box): Sight {
  const sides = cards.map((one) => side(one, rail));
  return {
    before: sides.filter((one) => one === "before").length,
    after: sides.filter((one) => one === "after").length,
    first: Math.max(0, sides.indexOf("in")),
  };
}

export function isSame(one: Sight, other: Sight): boolean {
  return one.before === other.before && one.after === other.after && one.first === other.first;
}

function side(card: Box, rail: Box): "before" | "in" | "after" {
  if (card.right > rail.right + SLACK_PX) return "after";
  if (card.left < rail.left - SLACK_PX) return "before";
  if (card.top < rail.top - HEAD_PX / 2) return "before";
  return Math.min(card.top + HEAD_PX, card.bottom) > rail.bottom + SLACK_PX ? "after" : "in";
}
