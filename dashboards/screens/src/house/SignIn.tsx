/**
 * Signing in at a screen: by email and password, and the code of a second factor where there is one; with a passkey, or
 * an account elsewhere; or, in a demo, by a tap on one of its people.
 */

import { lazy, Suspense, type SyntheticEvent, useEffect, useState } from "react";

import { Refusal, type Role } from "../hub/index.ts";
import { ENTERING } from "./entering/words.ts";
import { askedNext, type Credentials, KEPT_MS } from "./entering.ts";
import { useWords } from "./language.ts";
import { type Demo, type ScreenName, type Shift, signIn, signInAs } from "./shift.ts";
import { refused, WORDS } from "./words.ts";

// Few are asked for a code, or come in otherwise; every screen is to be there at once.
const CodeForm = lazy(async () => ({ default: (await import("./CodeForm.tsx")).CodeForm }));
const OtherWays = lazy(async () => {
  // Whoever cannot fetch these comes in by their password.
  const found = await import("./OtherWays.tsx").catch(() => null);
  return { default: found?.OtherWays ?? (() => null) };
});

export interface SignInProps {
  readonly screen: ScreenName;
  readonly demo: Demo | null;
  /** Who has a job at this screen; in a demo only they are offered. */
  readonly staff: ReadonlySet<Role>;
  /** Why somebody has to sign in again, or could not. */
  readonly reason: string | null;
  readonly onSignedIn: (shift: Shift) => void;
  /** Whose account it has to be, where that is known. */
  readonly email?: string;
}

export function SignIn({ screen, demo, staff, reason, onSignedIn, email }: SignInProps) {
  const say = useWords(WORDS);
  const sayEntering = useWords(ENTERING);
  const { isBusy, trouble, asked, enter, ask } = useEntering(onSignedIn);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const typed = { email: String(said.get("email")), password: String(said.get("password")) };
    enter(signIn(screen, typed), typed);
  };
  if (asked !== null) {
    return (
      <div className="signin">
        {trouble && (
          <p className="signin__trouble" role="alert">
            {trouble}
          </p>
        )}
        <Suspense fallback={null}>
          <CodeForm
            isBusy={isBusy}
            onCode={(code) => enter(signIn(screen, asked, code), asked)}
            onBack={() => ask(null)}
          />
        </Suspense>
      </div>
    );
  }
  const people = demo?.people.filter((one) => staff.has(one.role)) ?? [];
  return (
    <div className="signin">
      {(trouble ?? reason) && (
        <p className="signin__trouble" role="alert">
          {trouble ?? reason}
        </p>
      )}
      {people.length > 0 && (
        <section className="signin__demo" aria-label={sayEntering("demoTitle")}>
          <p>{sayEntering("demoTitle")}</p>
          <ul>
            {people.map((one) => (
              <li key={one.role}>
                <button
                  type="button"
                  className="button"
                  disabled={isBusy}
                  onClick={() => enter(signInAs(screen, one.role))}
                >
                  {sayEntering("asRole", { name: one.name, role: say(`role.${one.role}`) })}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <form onSubmit={submit}>
        <label>
          {say("email")}
          <input
            name="email"
            type="email"
            autoComplete="username"
            defaultValue={email}
            readOnly={email !== undefined}
            required
          />
        </label>
        <label>
          {say("password")}
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <button type="submit" className="button button--main" disabled={isBusy}>
          {isBusy ? sayEntering("signingIn") : say("signIn")}
        </button>
        <a className="button button--quiet" href="/#forgot">
          {sayEntering("forgotPassword")}
        </a>
        {screen === "front" && (
          <a className="button button--quiet" href="/#register">
            {sayEntering("noAccount")}
          </a>
        )}
      </form>
      <Suspense fallback={null}>
        <OtherWays screen={screen} onSignedIn={onSignedIn} />
      </Suspense>
    </div>
  );
}

interface Entering {
  readonly isBusy: boolean;
  /** Why somebody was not let in. */
  readonly trouble: string | null;
  /** Whose code is asked for; null while it is the password. */
  readonly asked: Credentials | null;
  readonly ask: (asked: Credentials | null) => void;
  /** Somebody is being let in, with what they have typed; in a demo that is nothing. */
  readonly enter: (entering: Promise<Shift>, tried?: Credentials) => void;
}

function useEntering(onSignedIn: (shift: Shift) => void): Entering {
  const say = useWords(WORDS);
  const sayEntering = useWords(ENTERING);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asked, setAsked] = useState<Credentials | null>(null);
  const ask = (next: Credentials | null): void => {
    setAsked(next);
    setTrouble(null);
  };
  const refuse = (no: Refusal, tried: Credentials | null): void => {
    const next = askedNext(tried, asked, no.code);
    setAsked(next);
    if (next !== null && no.code === "auth_rate_limited") setTrouble(sayEntering("code.locked"));
    else setTrouble(next !== null && no.code === "second_factor_needed" ? null : refused(say, no));
  };
  const enter = (entering: Promise<Shift>, tried: Credentials | null = null): void => {
    setBusy(true);
    setTrouble(null);
    entering
      .then(onSignedIn, (no: unknown) => (no instanceof Refusal ? refuse(no, tried) : setTrouble(String(no))))
      .finally(() => setBusy(false));
  };
  useEffect(() => {
    if (asked === null) return;
    const forgetting = setTimeout(() => setAsked(null), KEPT_MS);
    return () => clearTimeout(forgetting);
  }, [asked]);
  return { isBusy, trouble, asked, ask, enter };
}
