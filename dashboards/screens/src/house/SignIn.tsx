/** Signing in at a screen: by email and password, or, in a demo, by a tap on one of its people. */

import { type SyntheticEvent, useState } from "react";

import { Refusal, type Role } from "../hub/index.ts";
import { useWords } from "./language.ts";
import { type Demo, type ScreenName, type Shift, signIn, signInAs } from "./shift.ts";
import { refused, WORDS } from "./words.ts";

export interface SignInProps {
  readonly screen: ScreenName;
  readonly demo: Demo | null;
  /** Who has a job at this screen; in a demo only they are offered. */
  readonly staff: ReadonlySet<Role>;
  /** Why somebody has to sign in again, or could not. */
  readonly reason: string | null;
  readonly onSignedIn: (shift: Shift) => void;
}

export function SignIn({ screen, demo, staff, reason, onSignedIn }: SignInProps) {
  const say = useWords(WORDS);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const enter = (entering: Promise<Shift>): void => {
    setBusy(true);
    setTrouble(null);
    entering
      .then(onSignedIn, (no: unknown) => setTrouble(no instanceof Refusal ? refused(say, no) : String(no)))
      .finally(() => setBusy(false));
  };
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    enter(signIn(screen, String(said.get("email")), String(said.get("password"))));
  };
  const people = demo?.people.filter((one) => staff.has(one.role)) ?? [];
  return (
    <div className="signin">
      {(trouble ?? reason) && (
        <p className="signin__trouble" role="alert">
          {trouble ?? reason}
        </p>
      )}
      {people.length > 0 && (
        <section className="signin__demo" aria-label={say("demoTitle")}>
          <p>{say("demoTitle")}</p>
          <ul>
            {people.map((one) => (
              <li key={one.role}>
                <button
                  type="button"
                  className="button"
                  disabled={isBusy}
                  onClick={() => enter(signInAs(screen, one.role))}
                >
                  {say("asRole", { name: one.name, role: say(`role.${one.role}`) })}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <form onSubmit={submit}>
        <label>
          {say("email")}
          <input name="email" type="email" autoComplete="username" required />
        </label>
        <label>
          {say("password")}
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <button type="submit" className="button button--main" disabled={isBusy}>
          {isBusy ? say("signingIn") : say("signIn")}
        </button>
        <a className="button button--quiet" href="/#forgot">
          {say("forgotPassword")}
        </a>
      </form>
    </div>
  );
}
