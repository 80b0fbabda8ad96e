/**
 * Changing what is never changed in place: whatever stays as it is, stays the same object, so that a screen draws only
 * what is new. Not its business: what is shown, and when it changes.
 */

/** The same thing with these fields; the thing itself where they say nothing new. Name `T` where `S` is generic. */
export function changed<S extends T, T extends object = S>(one: S, now: NoInfer<Partial<T>>): S {
  const told: Partial<T> = now;
  const news: Partial<T> = {};
  let isNews = false;
  for (const name in told) {
    if (isSame(one[name], told[name])) continue;
    news[name] = told[name];
    isNews = true;
  }
  return isNews ? { ...one, ...news } : one;
}

/** The list with each of its things changed; the list itself where none of them was. */
export function eachChanged<T>(list: readonly T[], change: (one: T) => T): readonly T[] {
  const after = list.map(change);
  return after.every((one, at) => one === list[at]) ? list : after;
}

/** The list without those; the list itself where there are none. */
export function without<T>(list: readonly T[], isMeant: (one: T) => boolean): readonly T[] {
  return list.some(isMeant) ? list.filter((one) => !isMeant(one)) : list;
}

/** The list made anew, with the old object for each thing that says what it said before. */
export function kept<T>(before: readonly T[], list: readonly T[], idOf: (one: T) => string): readonly T[] {
  const known = new Map(before.map((one) => [idOf(one), one]));
  return list.map((one) => {
    const old = known.get(idOf(one));
    return old !== undefined && isSame(old, one) ? old : one;
  });
}

/** Whether two values that came as JSON say the same. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isParted(one) || !isParted(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every((name) => Object.hasOwn(other, name) && isSame(one[name], other[name]));
}

function isParted(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
