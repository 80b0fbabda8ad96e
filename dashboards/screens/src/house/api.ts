/**
 * Asking the hub's REST API: what is read once rather than followed. What changes comes through rooms.
 *
 * A no is a `Refusal`, by the same codes as over the line; so is a hub that cannot be reached.
 */

import { Refusal } from "../hub/index.ts";

const PREFIX = "/api/v2";
const ANSWER_MS_MAX = 10_000;

/** What the hub answers to a GET, in the shape that its documents promise. Raises a Refusal. */
export function get<T>(path: string, token?: string): Promise<T> {
  return ask<T>("GET", path, undefined, token);
}

/** The same for a POST with a body. */
export function post<T>(path: string, body: object, token?: string): Promise<T> {
  return ask<T>("POST", path, body, token);
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
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
  } catch {
    throw new Refusal({ code: "unreachable", message: "The hub cannot be reached.", retry: true });
  }
}

function refusalOf(said: unknown): { code: string; message: string; retry: boolean } {
  if (typeof said === "object" && said !== null && "code" in said && "detail" in said) {
    return { code: String(said.code), message: String(said.detail), retry: "retry" in said && said.retry === true };
  }
  return { code: "unreadable", message: "The hub's answer could not be read.", retry: true };
}
