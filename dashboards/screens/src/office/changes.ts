/**
 * What an entry of the audit says has changed, field by field, before and after.
 *
 * Of what was made or taken away, only what was there is worth a line. Not its business: words (`Value.tsx`).
 */

import type { AuditEntry } from "../hub/index.ts";

export interface Change {
  readonly field: string;
  /** Undefined where there was nothing, or is nothing any more. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Ids say nothing to anybody who reads; what they are of stands above. */
const UNSAID: ReadonlySet<string> = new Set([
  "id",
  "keyId",
  "tableId",
  "lineId",
  "itemId",
  "ticketId",
  "modifierId",
  "deviceId",
  "invitationId",
  "sessionId",
]);

export function changesOf(entry: AuditEntry): readonly Change[] {
  return saidOf(entry).filter((one) => !isSame(one));
}

/** By what somebody knows which one it was, besides its name: what stands on both sides and is the same. */
export function knownBy(entry: AuditEntry): readonly Change[] {
  return saidOf(entry).filter((one) => isSame(one) && one.field !== "name");
}

function saidOf({ old, new: now }: AuditEntry): readonly Change[] {
  const fields = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])];
  const all = fields.map((field) => ({ field, before: old?.[field], after: now?.[field] }));
  return all.filter((one) => !UNSAID.has(one.field) && !(isNothing(one.before) && isNothing(one.after)));
}

function isSame({ before, after }: Change): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

export function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** How a field is called where nobody has a word for it: `prepSeconds` is *prep seconds*. */
export function spelledOut(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
}
