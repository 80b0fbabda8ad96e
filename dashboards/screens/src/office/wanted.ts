/** What is looked for in the audit: by whom, what, and on which days; as somebody fills it in, and as the hub is asked. */

export interface Wanted {
  readonly actor: string;
  readonly action: string;
  /** Days as a browser's field has them, `2026-11-22`; empty for any. */
  readonly from: string;
  readonly to: string;
}

export const ANY: Wanted = { actor: "", action: "", from: "", to: "" };
export const PAGE = 20;

/** What stands behind the question mark. A day is the one of whoever looks, from its first moment to its last. */
export function queryOf({ actor, action, from, to }: Wanted, cursor: string | null): string {
  const query = new URLSearchParams({ limit: String(PAGE) });
  if (actor !== "") query.set("actor", actor);
  if (action !== "") query.set("action", action);
  if (from !== "") query.set("since", new Date(`${from}T00:00:00`).toISOString());
  if (to !== "") query.set("until", dayAfter(to).toISOString());
  if (cursor !== null) query.set("cursor", cursor);
  return query.toString();
}

function dayAfter(day: string): Date {
  const next = new Date(`${day}T00:00:00`);
  next.setDate(next.getDate() + 1);
  return next;
}
