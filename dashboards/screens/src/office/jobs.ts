/**
 * What each role may do, as few words as say it: all that a smaller role may, and what comes on top.
 *
 * Read from the hub's own table, so that no sentence promises anything else. Not its business: the words.
 */

import { FOR_KEYS, type Permission, RIGHTS, type Role } from "../hub/index.ts";

/** Who can be given what: the jobs in a restaurant, from the smallest to the greatest. */
export const JOBS = ["waiter", "host", "cook", "expo", "manager", "owner"] as const satisfies readonly Role[];
export type Job = (typeof JOBS)[number];

/** What is of the whole platform is nobody's by a role in a restaurant. */
type OfThePlatform =
  "alerts:raise" | "session:leave" | "account:keep" | "restaurants:open" | "announcements:make" | "hubs:watch";
export type HousePermission = Exclude<Permission, OfThePlatform>;

const OF_THE_PLATFORM: ReadonlySet<Permission> = new Set<OfThePlatform>([
  "alerts:raise",
  "session:leave",
  "account:keep",
  "restaurants:open",
  "announcements:make",
  "hubs:watch",
]);

export interface MayDo {
  /** Everything that these may. */
  readonly allOf: readonly Job[];
  readonly besides: readonly HousePermission[];
}

export function may(roles: readonly Role[], permission: Permission): boolean {
  return RIGHTS[permission].some((role) => roles.includes(role));
}

/** What somebody with this job may do, by way of the greatest of the smaller ones. */
export function mayDo(job: Job): MayDo {
  const own = permissionsOf(job);
  const smaller = JOBS.slice(0, JOBS.indexOf(job)).filter((one) => isWithin(permissionsOf(one), own));
  const allOf = smaller.filter((one, at) => {
    const others = smaller.filter((_, other) => other !== at);
    // Of two that may the same, the first one is named.
    return !others.some((other) => {
      const isSame = isWithin(permissionsOf(other), permissionsOf(one));
      return isWithin(permissionsOf(one), permissionsOf(other)) && (!isSame || smaller.indexOf(other) < at);
    });
  });
  const covered = new Set(allOf.flatMap(permissionsOf));
  return { allOf, besides: own.filter((one) => !covered.has(one)) };
}

/** What somebody with these roles can give a key, by what it is about. */
export function scopesFor(roles: readonly Role[]): ReadonlyMap<Chapter, readonly HousePermission[]> {
  const chapters = new Map<Chapter, HousePermission[]>(CHAPTERS.map((one) => [one, []]));
  for (const one of FOR_KEYS) if (isOfHouse(one) && may(roles, one)) chapters.get(chapterOf(one))?.push(one);
  return chapters;
}

export function isOfHouse(permission: Permission): permission is HousePermission {
  return !OF_THE_PLATFORM.has(permission);
}

export const CHAPTERS = ["orders", "menu", "floor", "kitchen", "house"] as const;
export type Chapter = (typeof CHAPTERS)[number];

const CHAPTER_OF: Readonly<Record<string, Chapter>> = {
  orders: "orders",
  fired: "orders",
  voids: "orders",
  menu: "menu",
  items: "menu",
  floor: "floor",
  tables: "floor",
  guests: "floor",
  kitchen: "kitchen",
  stations: "kitchen",
  tickets: "kitchen",
};

/** Named by its first word; of the house itself is whatever is about nothing else. */
function chapterOf(permission: HousePermission): Chapter {
  return CHAPTER_OF[permission.split(":")[0] ?? ""] ?? "house";
}

function permissionsOf(job: Job): readonly HousePermission[] {
  const all = Object.entries(RIGHTS).filter(([, roles]) => roles.includes(job));
  // The table's keys are permissions; entries only know that they are texts.
  return all.map(([permission]) => permission as Permission).filter(isOfHouse);
}

function isWithin(some: readonly HousePermission[], others: readonly HousePermission[]): boolean {
  return some.every((one) => others.includes(one));
}
