/**
 * What travels between a hub and its screens: asking-audit.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Ask } from "./asking.ts";
import type { Audit, Wholeness } from "./audit.ts";

/** Who changed what in the restaurant: its people, its menu, its keys, and what was thrown away. */
export function showAuditOfRestaurant(
  ask: Ask,
  restaurantId: string,
  query: {
    readonly actor?: string | null;
    readonly action?: string | null;
    readonly entity?: string | null;
    readonly entityId?: string | null;
    readonly since?: string | null;
    readonly until?: string | null;
    readonly cursor?: string | null;
    readonly limit?: number;
  } = {},
): Promise<Audit> {
  return ask("GET", `/restaurants/${encodeURIComponent(restaurantId)}/audit`, { query });
}

/** Whether anybody has changed what the restaurant's audit says, some entries at a time. */
export function showAuditWholeness(
  ask: Ask,
  restaurantId: string,
  query: { readonly after?: number; readonly limit?: number } = {},
): Promise<Wholeness> {
  return ask("GET", `/restaurants/${encodeURIComponent(restaurantId)}/audit/wholeness`, { query });
}

/** What people did about their accounts, who was locked out, and what operators did. */
export function showAuditOfPlatform(
  ask: Ask,
  query: {
    readonly actor?: string | null;
    readonly action?: string | null;
    readonly entity?: string | null;
    readonly entityId?: string | null;
    readonly since?: string | null;
    readonly until?: string | null;
    readonly cursor?: string | null;
    readonly limit?: number;
  } = {},
): Promise<Audit> {
  return ask("GET", "/audit", { query });
}

/** Whether anybody has changed what the platform's audit says of accounts and announcements, some at a time. */
export function showAuditWholenessOfPlatform(
  ask: Ask,
  query: { readonly after?: number; readonly limit?: number } = {},
): Promise<Wholeness> {
  return ask("GET", "/audit/wholeness", { query });
}
