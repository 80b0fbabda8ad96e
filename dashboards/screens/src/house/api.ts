/**
 * Asking the hub's REST API: what is read once rather than followed. What changes comes through rooms.
 *
 * A no is a `Refusal`, by the same codes as over the line; so is a hub that cannot be reached.
 */

import { type Ask, Refusal, type RefusalFacts } from "../hub/index.ts";

const PREFIX = "/api/v2";
const ANSWER_MS_MAX = 10_000;
const PICTURE_MS_MAX = 60_000;
const UNREADABLE: RefusalFacts = { code: "unreadable", message: "The hub's answer could not be read.", retry: true };

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

export function remove<T>(path: string, token: string, body?: object): Promise<T> {
  return ask<T>("DELETE", path, body, token);
}

/** A picture, as a page may show it under its policy; null where there is none. Raises a Refusal. */
export async function getPicture(path: string, token: string): Promise<string | null> {
  const answer = await reach("GET", path, { token });
  if (answer.ok) return asAddress(await answer.blob());
  const refusal = await refusalIn(answer);
  if (refusal.code === "not_found") return null;
  throw refusal;
}

/** Send a picture, over a line that may be slow. Raises a Refusal. */
export async function putPicture<T>(path: string, picture: Blob, token: string): Promise<T> {
  return said<T>(await reach("PUT", path, { token, body: picture, msMax: PICTURE_MS_MAX }));
}

async function ask<T>(method: string, path: string, body: object | undefined, token: string | undefined): Promise<T> {
  return said<T>(await reach(method, path, { token, body: body === undefined ? undefined : JSON.stringify(body) }));
}

async function said<T>(answer: Response): Promise<T> {
  if (!answer.ok) throw await refusalIn(answer);
  try {
    return (await answer.json()) as T;
  } catch {
    throw new Refusal(UNREADABLE);
  }
}

interface Sent {
  readonly token: string | undefined;
  /** JSON, or a picture. */
  readonly body?: string | Blob | undefined;
  readonly msMax?: number;
}

async function reach(method: string, path: string, { token, body, msMax = ANSWER_MS_MAX }: Sent): Promise<Response> {
  const isJson = typeof body === "string";
  try {
    return await fetch(PREFIX + path, {
      method,
      headers: {
        ...(isJson && { "Content-Type": "application/json" }),
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      },
      // What somebody asked for last before they left the page is asked all the same, where it is no more than words.
      ...(body !== undefined && { body, keepalive: isJson }),
      signal: AbortSignal.timeout(msMax),
    });
  } catch {
    throw new Refusal({ code: "unreachable", message: "The hub cannot be reached.", retry: true });
  }
}

function asAddress(picture: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Refusal(UNREADABLE));
    reader.readAsDataURL(picture);
  });
}

async function refusalIn(answer: Response): Promise<Refusal> {
  return new Refusal(refusalOf(await answer.json().catch(() => null)));
}

function refusalOf(said: unknown): RefusalFacts {
  if (typeof said === "object" && said !== null && "code" in said && "detail" in said) {
    const retry = "retry" in said && said.retry === true;
    return { ...said, code: String(said.code), message: String(said.detail), retry };
  }
  return UNREADABLE;
}
