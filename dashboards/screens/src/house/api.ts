/**
 * Asking the hub's REST API: what is read once rather than followed. What changes comes through rooms.
 *
 * A no is a `Refusal`, by the same codes as over the line; so is a hub that cannot be reached.
 */

import { type Ask, Refusal, type RefusalFacts } from "../hub/index.ts";

const PREFIX = "/api/v2";
const ANSWER_MS_MAX = 10_000;

/** What sends for the functions of the wire, `showMenusWhole(asking(token), …)`, as whoever the token stands for. */
export function asking(token?: string): Ask {
  return (method, path, { body, query } = {}) => ask(method, path + queryOf(query ?? {}), body, token);
}

function queryOf(query: object): string {
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined) said.append(name, String(one));
    }
  }
  return said.size === 0 ? "" : `?${said.toString()}`;
}

/** What the hub answers to a GET, in the shape that its documents promise. Raises a Refusal. */
export function get<T>(path: string, token?: string): Promise<T> {
  return ask<T>("GET", path, undefined, token);
}

/** The same for a POST with a body. */
export function post<T>(path: string, body: object, token?: string): Promise<T> {
  return ask<T>("POST", path, body, token);
}

/** The same for what is put in its place, changed, or taken away. */
export function put<T>(path: string, body: object, token: string): Promise<T> {
  return ask<T>("PUT", path, body, token);
}

export function patch<T>(path: string, body: object, token: string): Promise<T> {
  return ask<T>("PATCH", path, body, token);
}

export function remove<T>(path: string, token: string): Promise<T> {
  return ask<T>("DELETE", path, undefined, token);
}

async function ask<T>(method: string, path: string, body: object | undefined, token: string | undefined): Promise<T> {
  const answer = await reach(method, path, body, token);
  const said: unknown = await answer.json().catch(() => null);
  if (answer.ok) return said as T;
  throw new Refusal(refusalOf(said));
}

async function reach(method: string, path: string, body?: object, token?: string): Promise<Response> {
  try {
    return await fetch(PREFIX + path, {
      method,
      headers: {
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      },
      // What somebody asked for last before they left the page is asked all the same.
      ...(body !== undefined && { body: JSON.stringify(body), keepalive: true }),
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
  } catch {
    throw new Refusal({ code: "unreachable", message: "The hub cannot be reached.", retry: true });
  }
}

function refusalOf(said: unknown): RefusalFacts {
  if (typeof said === "object" && said !== null && "code" in said && "detail" in said) {
    const retry = "retry" in said && said.retry === true;
    return { ...said, code: String(said.code), message: String(said.detail), retry };
  }
  return { code: "unreadable", message: "The hub's answer could not be read.", retry: true };
}
