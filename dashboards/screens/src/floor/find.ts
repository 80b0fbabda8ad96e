/**
 * Finding an item by what a waiter types with one thumb: parts of words, in any order, without accents.
 *
 * Not its business: what is available.
 */

/** Text as it is compared: no case, no accents. */
export function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();
}

/** How well a name fits what was typed: 0 is best, null not at all. */
export function fitOf(name: string, typed: string): number | null {
  const parts = plain(typed).split(/\s+/).filter(Boolean);
  const text = plain(name);
  const words = text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (!parts.every((part) => text.includes(part))) return null;
  if (parts.every((part) => words.some((word) => word.startsWith(part))))
    return text.startsWith(parts[0] ?? "") ? 0 : 1;
  return 2;
}

/** Those that fit, the best first; as they were where they fit equally well. */
export function found<T extends { readonly name: string }>(all: readonly T[], typed: string): readonly T[] {
  return all
    .flatMap((one) => {
      const fit = fitOf(one.name, typed);
      return fit === null ? [] : [{ one, fit }];
    })
    .sort((one, other) => one.fit - other.fit)
    .map(({ one }) => one);
}
