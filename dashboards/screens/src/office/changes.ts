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
  "sessionId",
]);

export function changesOf({ old, new: now }: AuditEntry): readonly Change[] {
  const fields = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])];
  const all = fields.map((field) => ({ field, before: old?.[field], after: now?.[field] }));
  return all.filter((one) => !UNSAID.has(one.field) && !(isNothing(one.before) && isNothing(one.after)));
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
