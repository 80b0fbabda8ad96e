/**
 * What was done already, though the board does not show it yet: the answer may come before the entry.
 *
 * A board keeps what did not change as the same object, so whatever is still the object that it was done to has not
 * been heard of since. Asked for once more in that moment, it would be refused as impossible, though it worked.
 */

import type { CardVerb } from "./waiting.ts";

export class Done {
  readonly #verbs = new WeakMap<object, ReadonlySet<CardVerb>>();

  /** It was done to this card, or this course, as it is shown now. */
  add(verb: CardVerb, shown: object): void {
    this.#verbs.set(shown, new Set([...(this.#verbs.get(shown) ?? []), verb]));
  }

  has(verb: CardVerb, shown: object): boolean {
    return this.#verbs.get(shown)?.has(verb) ?? false;
  }
}
