/**
 * What people call those whom the audit names by id: who did it, and what it was done to.
 *
 * Not its business: what is said of them.
 */

import type { AuditEntry, Colleagues, Devices, Items, Keys, SectionNames, Sections, Stations } from "../hub/index.ts";

/** What is known of the house; null as long as it is not. */
export interface Known {
  readonly people: Colleagues | null;
  readonly keys: Keys | null;
  readonly devices: Devices | null;
  readonly items: Items | null;
  readonly stations: Stations | null;
  /** Of the menu. */
  readonly sections: SectionNames | null;
  /** Of the floor. */
  readonly areas: Sections | null;
}

export type Names = ReadonlyMap<string, string>;

/** Names by id, of what is there now and of what entries say of what was. */
export function namesOf(known: Known, entries: readonly AuditEntry[]): Names {
  const { people, keys, devices, items, stations, sections, areas } = known;
  const names = new Map<string, string>();
  for (const { entityId, old, new: now } of entries) {
    const name = now?.["name"] ?? old?.["name"];
    if (typeof name === "string") names.set(entityId, name);
  }
  for (const one of people?.items ?? []) names.set(one.userId, one.name);
  for (const one of keys?.items ?? []) names.set(one.keyId, one.name);
  for (const one of devices?.items ?? []) names.set(one.deviceId, one.name);
  for (const those of [items, stations, sections, areas]) {
    for (const one of those?.items ?? []) names.set(one.id, one.name);
  }
  return names;
}

/** Who did it, as `user:<id>` says; null where nobody here knows them. */
export function whoIs(actor: string, names: Names): string | null {
  return names.get(actor.slice(actor.indexOf(":") + 1)) ?? null;
}
