/**
 * The line to a hub: one Socket.IO connection that comes back by itself, and says what it hears.
 *
 * It backs off with jitter, returns when a goodbye says so, and hangs up on a connection that has gone silent: the hub
 * beats every five seconds, so a tablet need not wait for TCP to notice. Not its business: rooms and commands.
 */

import { io, type Socket } from "socket.io-client";

import { isRefusalFacts, Refusal } from "./refusal.ts";

export const BACK_OFF_MS_MIN = 500;
export const BACK_OFF_MS_MAX = 5_000;
/** Two beats and a half without a word: the line is dead, whatever TCP believes. */
export const SILENCE_MS_MAX = 12_000;
const WATCH_MS = 1_000;
const CONNECT_MS_MAX = 5_000;
const SHOW_AGAIN_MS = 1_000;

export interface Acknowledged {
  readonly ok: boolean;
  readonly [field: string]: unknown;
}

/** Told what the line hears. All of them are called in the turn in which it was heard. */
export interface Ear {
  connected(): void;
  disconnected(): void;
  /** The hub will not have us, and trying again is useless: the shift is over, the link is old. */
  sentAway(refusal: Refusal): void;
  heard(name: string, body: unknown): void;
}

/** What rooms and commands need of a line; the tests' twin of it needs no network. */
export interface Line {
  readonly isConnected: boolean;
  /** Say something; `then` is called in the turn in which the answer comes, and never if the line breaks first. */
  say(name: string, body: object, then: (answer: Acknowledged) => void): void;
  /** From now on this is the token, on this connection and on those that follow. A line that was sent away comes back. */
  carry(token: string): void;
  close(): void;
}

export interface LineOptions {
  /** The hub's origin; by default the page's own. */
  readonly url?: string | undefined;
  readonly token: string;
  readonly deviceId?: string | undefined;
}

export function openLine(options: LineOptions, ear: Ear): Line {
  return new SocketLine(options, ear);
}

class SocketLine implements Line {
  readonly #socket: Socket;
  readonly #watch: ReturnType<typeof setInterval>;
  #token: string;
  /** The one that this connection was asked for with. */
  #shownToken = "";
  #heardAtMs = 0;
  #goodbye: { readonly reason: string; readonly retryAfterMs: number } | null = null;
  #comesBack: ReturnType<typeof setTimeout> | undefined;

  constructor(
    { url, token, deviceId }: LineOptions,
    private readonly ear: Ear,
  ) {
    this.#token = token;
    const settings = {
      transports: ["websocket"],
      auth: (tell: (said: object) => void) => {
        this.#shownToken = this.#token;
        tell({ token: this.#token, ...(deviceId !== undefined && { deviceId }) });
      },
      reconnectionDelay: BACK_OFF_MS_MIN,
      reconnectionDelayMax: BACK_OFF_MS_MAX,
      randomizationFactor: 0.5,
      timeout: CONNECT_MS_MAX,
      multiplex: false,
    };
    this.#socket = url === undefined ? io(settings) : io(url, settings);
    this.#socket.on("connect", () => this.#connected());
    this.#socket.on("disconnect", () => this.#disconnected());
    this.#socket.on("connect_error", (error) => this.#refused(error));
    this.#socket.onAny((name: string, body: unknown) => this.#heard(name, body));
    this.#watch = setInterval(() => this.#hangUpIfSilent(), WATCH_MS);
  }

  get isConnected(): boolean {
    return this.#socket.connected;
  }

  say(name: string, body: object, then: (answer: Acknowledged) => void): void {
    this.#socket.emit(name, body, (answer: Acknowledged) => {
      this.#heardAtMs = Date.now();
      then(answer);
    });
  }

  carry(token: string): void {
    if (token === this.#token) return;
    this.#token = token;
    if (this.#socket.connected) this.#show();
    else if (!this.#socket.active) this.#comeBackIn(0);
  }

  close(): void {
    clearInterval(this.#watch);
    this.#goodbye = null;
    this.#socket.disconnect();
    clearTimeout(this.#comesBack);
  }

  /** Let the hub know the token that this connection goes on with. */
  #show(): void {
    const token = this.#token;
    this.#socket.emit("authenticate", token, ({ ok, error }: Acknowledged) => {
      this.#heardAtMs = Date.now();
      if (ok) this.#shownToken = token;
      else if (isRefusalFacts(error) && error.retry) setTimeout(() => this.#showAgain(token), SHOW_AGAIN_MS);
    });
  }

  #showAgain(token: string): void {
    if (token === this.#token && this.#socket.connected) this.#show();
  }

  #connected(): void {
    this.#heardAtMs = Date.now();
    // It may have come while this connection was asked for with the one before.
    if (this.#shownToken !== this.#token) this.#show();
    this.#goodbye = null;
    this.#socket.io.reconnectionDelay(BACK_OFF_MS_MIN);
    this.ear.connected();
  }

  #disconnected(): void {
    // What Socket.IO keeps for the next connection is the outbox's to say again, or not.
    this.#socket.sendBuffer = [];
    this.ear.disconnected();
    // Still active, it comes back by itself; otherwise the hub sent us away, and has said why.
    if (this.#socket.active || this.#goodbye === null) return;
    const { reason, retryAfterMs } = this.#goodbye;
    if (retryAfterMs > 0) this.#comeBackIn(retryAfterMs);
    else this.#sentAway(new Refusal({ code: reason, message: "The hub closed this connection.", retry: false }));
  }

  /** Where it was for a token that is not ours any more, the one that is may do better. */
  #sentAway(refusal: Refusal): void {
    if (this.#shownToken === this.#token) this.ear.sentAway(refusal);
    else this.#comeBackIn(0);
  }

  #refused(error: Error & { readonly data?: unknown }): void {
    if (this.#socket.active) return;
    if (isRefusalFacts(error.data) && !error.data.retry) this.#sentAway(new Refusal(error.data));
    else this.#comeBackIn(BACK_OFF_MS_MIN + Math.random() * BACK_OFF_MS_MAX);
  }

  #comeBackIn(delayMs: number): void {
    clearTimeout(this.#comesBack);
    this.#comesBack = setTimeout(() => this.#socket.connect(), delayMs);
  }

  #heard(name: string, body: unknown): void {
    this.#heardAtMs = Date.now();
    if (name === "goodbye" && isGoodbye(body)) {
      this.#goodbye = body;
      if (body.retryAfterMs > 0) this.#socket.io.reconnectionDelay(body.retryAfterMs);
    }
    this.ear.heard(name, body);
  }

  #hangUpIfSilent(): void {
    if (this.#socket.connected && Date.now() - this.#heardAtMs > SILENCE_MS_MAX) this.#socket.io.engine.close();
  }
}

function isGoodbye(body: unknown): body is { readonly reason: string; readonly retryAfterMs: number } {
  return typeof body === "object" && body !== null && "retryAfterMs" in body && typeof body.retryAfterMs === "number";
}
