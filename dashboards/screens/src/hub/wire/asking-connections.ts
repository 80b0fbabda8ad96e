/**
 * What travels between a hub and its screens: asking-connections.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

import type { Ask } from "./asking.ts";
import type { Connections, Hubs } from "./connections.ts";

/** Every hub of the house, and who is connected to it. While Redis is away a hub knows of itself alone. */
export function showConnectionsHubs(ask: Ask): Promise<Hubs> {
  return ask("GET", "/connections");
}

/** Where somebody is connected just now, and up to which entry their device says it has shown each room. */
export function showConnectionsOfPerson(ask: Ask, userId: string): Promise<Connections> {
  return ask("GET", `/people/${encodeURIComponent(userId)}/connections`);
}
