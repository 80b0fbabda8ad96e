/** A line for tests: everything that is said on it is written down, and answered when the test says so. */

import type { Acknowledged, Ear, Line } from "./line.ts";

interface Said {
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly answer: (answer: Acknowledged) => void;
}

export class TestLine implements Line {
  isConnected = false;
  isClosed = false;
  readonly said: Said[] = [];
  readonly carried: string[] = [];

  constructor(private readonly ear: Ear) {}

  say(name: string, body: object, then: (answer: Acknowledged) => void): void {
    // As on a real line, what was asked before a loss is never answered after it.
    const life = this.#life;
    this.said.push({ name, body: { ...body }, answer: (answer) => life === this.#life && then(answer) });
  }

  carry(token: string): void {
    this.carried.push(token);
  }

  close(): void {
    this.isClosed = true;
  }

  #life = 0;

  comesUp(): void {
    this.isConnected = true;
    this.ear.connected();
  }

  goesDown(): void {
    this.isConnected = false;
    this.#life += 1;
    this.ear.disconnected();
  }

  hears(name: string, body: object): void {
    this.ear.heard(name, body);
  }

  /** The last thing that was said, which must have this name. */
  last(name: string): Said {
    const one = this.said.at(-1);
    if (one?.name !== name) throw new Error(`The last thing that was said is ${one?.name}, not ${name}.`);
    return one;
  }

  /** Everything of this name that was said. */
  all(name: string): readonly Said[] {
    return this.said.filter((one) => one.name === name);
  }
}
