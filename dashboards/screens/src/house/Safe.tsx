/** What is left when a screen breaks: a sentence, and the page loading itself anew, as a cook cannot mend it. */

import { Component, type ReactNode } from "react";

import { language, say } from "./language.ts";
import { mayReload, reload } from "./version.ts";
import { WORDS } from "./words.ts";

const READ_MS = 3_000;

interface SafeProps {
  readonly children: ReactNode;
}

export class Safe extends Component<SafeProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false };
  #again: ReturnType<typeof setInterval> | undefined;

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override componentDidCatch(): void {
    // Not at once, and not for ever: what breaks each time is at least read.
    this.#again ??= setInterval(() => mayReload(Date.now()) && reload(), READ_MS);
  }

  override componentWillUnmount(): void {
    clearInterval(this.#again);
    this.#again = undefined;
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return (
      <main className="door">
        <p className="signin__trouble" role="alert">
          {say(WORDS, language(), "broken")}
        </p>
      </main>
    );
  }
}
