/**
 * What somebody came for with the link of an invitation: who invites them and as what, and saying yes.
 *
 * Whoever has an account with that address says it with that one, and nobody else who happens to be signed in here does.
 * Whoever has none begins one: the letter has proven the address. Looking at it uses up nothing.
 */

import { type SyntheticEvent, useEffect, useId, useState } from "react";

import { asking } from "../house/api.ts";
import { keepDeviceToken } from "../house/known.ts";
import { language, listed, useWords } from "../house/language.ts";
import { signIn } from "../house/shift.ts";
import { SignIn } from "../house/SignIn.tsx";
import { refused, refusedIn, WORDS as HOUSE_WORDS } from "../house/words.ts";
import { type Hired, type InvitationRead, joinTeam, readInvitation, Refusal, type Role } from "../hub/index.ts";
import { acceptAs, acceptWith, beginAt, type Here, screenFor, whoHas, whoIsHere } from "./hired.ts";
import { WORDS } from "./words.ts";

const NOBODY: ReadonlySet<Role> = new Set();

interface FromInvitationProps {
  readonly token: string;
  /** There is nothing more to do here. */
  readonly onDone: () => void;
}

/** Somebody who said yes; `userId` is null where the hub could not be asked who they are since. */
interface Said {
  readonly hired: Hired;
  readonly userId: string | null;
}

export function FromInvitation({ token, onDone }: FromInvitationProps) {
  const say = useWords(WORDS);
  const heading = useId();
  const { read, here, trouble, complain } = useInvitation(token);
  const [said, setSaid] = useState<Said | null>(null);
  const roles = useRoles(said?.hired.roles ?? read?.roles ?? []);
  if (said !== null && read !== null) {
    return (
      <section className="pulse pulse--closed" aria-labelledby={heading}>
        <h2 id={heading}>{say("invitation.welcome")}</h2>
        <p role="status">{say("invitation.hired", { restaurant: read.restaurant, roles })}</p>
        <WayIn said={said} />
      </section>
    );
  }
  return (
    <section className="pulse pulse--closed" aria-labelledby={heading}>
      <h2 id={heading}>{say("invitation")}</h2>
      {trouble !== null && (
        <p className="signin__trouble" role="alert">
          {trouble}
        </p>
      )}
      {read === null && trouble === null && <p role="status">{say("invitation.opening")}</p>}
      {read !== null && (
        <>
          <p className="invitation__to">{say("invitation.to", { restaurant: read.restaurant, roles })}</p>
          {read.hasAccount ? (
            <Accepting read={read} token={token} here={here} onSaid={setSaid} onTrouble={complain} />
          ) : (
            <Joining read={read} token={token} onSaid={setSaid} onTrouble={complain} />
          )}
        </>
      )}
      <button type="button" className="button button--quiet" onClick={onDone}>
        {say("letter.notNow")}
      </button>
    </section>
  );
}

interface Read {
  readonly read: InvitationRead | null;
  /** Who is signed in on this device; it need not be who is invited. */
  readonly here: Here | null;
  readonly trouble: string | null;
  readonly complain: (no: unknown) => void;
}

function useInvitation(token: string): Read {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const [found, setFound] = useState<Pick<Read, "read" | "here">>({ read: null, here: null });
  const [no, complain] = useState<unknown>(null);
  useEffect(() => {
    let isOver = false;
    const look = async (): Promise<void> => {
      const read = await readInvitation(asking(), { token });
      const here = read.hasAccount ? await whoIsHere(read.email) : null;
      if (!isOver) setFound({ read, here });
    };
    look().catch((why: unknown) => isOver || complain(why));
    return () => {
      isOver = true;
    };
  }, [token]);
  const refusal = no instanceof Refusal ? (refusedIn(WORDS, say, no) ?? refused(sayHouse, no)) : null;
  return { ...found, trouble: no === null ? null : (refusal ?? String(no)), complain };
}

interface SayingYesProps {
  readonly read: InvitationRead;
  readonly token: string;
  readonly onSaid: (said: Said) => void;
  readonly onTrouble: (no: unknown) => void;
}

/** Whoever has an account: with one touch where they are signed in here, and otherwise with their password. */
function Accepting({ read, token, here, onSaid, onTrouble }: SayingYesProps & { readonly here: Here | null }) {
  const say = useWords(WORDS);
  const [isBusy, setBusy] = useState(false);
  const accept = (asking: Promise<Hired>, userId: string): void => {
    setBusy(true);
    onTrouble(null);
    asking.then((hired) => onSaid({ hired, userId }), onTrouble).finally(() => setBusy(false));
  };
  if (here !== null && here.email === read.email) {
    return (
      <>
        <p>{say("invitation.signedIn", { name: here.shift.name })}</p>
        <button
          type="button"
          className="button button--main"
          disabled={isBusy}
          onClick={() => accept(acceptAs(here, token), here.shift.userId)}
        >
          {say("invitation.accept")}
        </button>
      </>
    );
  }
  return (
    <>
      {here !== null && <p>{say("invitation.other", { name: here.shift.name, email: read.email })}</p>}
      <p>{say("invitation.known", { email: read.email })}</p>
      <SignIn
        screen={screenFor(read.roles)}
        demo={null}
        staff={NOBODY}
        reason={null}
        email={read.email}
        onSignedIn={(shift) => accept(acceptWith(shift, token), shift.userId)}
      />
    </>
  );
}

/** Whoever is new: how they are called, and a password. */
function Joining({ read, token, onSaid, onTrouble }: SayingYesProps) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const hint = useId();
  const [isBusy, setBusy] = useState(false);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = { name: String(form.get("name")).trim(), password: String(form.get("password")) };
    setBusy(true);
    onTrouble(null);
    join(token, typed)
      .then(onSaid, onTrouble)
      .finally(() => setBusy(false));
  };
  return (
    <div className="signin">
      <p>{say("invitation.new")}</p>
      <form onSubmit={submit}>
        <label>
          {sayHouse("email")}
          <input name="email" type="email" value={read.email} readOnly autoComplete="username" />
        </label>
        <label>
          {say("invitation.name")}
          <input name="name" maxLength={120} required autoComplete="name" />
        </label>
        <label>
          {say("invitation.password")}
          <input
            name="password"
            type="password"
            minLength={read.passwordLengthMin}
            aria-describedby={hint}
            required
            autoComplete="new-password"
          />
        </label>
        <p id={hint}>{say("invitation.length", { length: read.passwordLengthMin })}</p>
        <button type="submit" className="button button--main" disabled={isBusy}>
          {say("invitation.join")}
        </button>
      </form>
    </div>
  );
}

interface Typed {
  readonly name: string;
  readonly password: string;
}

/** Begin an account and a shift with it. Raises a Refusal unless the account has begun. */
async function join(token: string, { name, password }: Typed): Promise<Said> {
  const joined = await joinTeam(asking(), { token, name, password, language: language() });
  keepDeviceToken(joined.email, joined.deviceToken);
  const screen = screenFor(joined.roles);
  if (whoHas(screen, null) !== null) return { hired: joined, userId: null };
  try {
    const shift = await signIn(screen, { email: joined.email, password });
    beginAt(screen, shift);
    return { hired: joined, userId: shift.userId };
  } catch {
    // They sign in at the screen itself, then.
    return { hired: joined, userId: null };
  }
}

/** Where to go now; or, where a colleague is signed in there, that it is so. */
function WayIn({ said }: { readonly said: Said }) {
  const say = useWords(WORDS);
  const screen = screenFor(said.hired.roles);
  const other = whoHas(screen, said.userId);
  if (other !== null) return <p>{say("invitation.taken", { name: other })}</p>;
  return (
    <a className="button button--main" href={`/${screen}`}>
      {say("invitation.go", { screen })}
    </a>
  );
}

function useRoles(roles: readonly Role[]): string {
  const sayHouse = useWords(HOUSE_WORDS);
  return listed(roles.map((role) => sayHouse(`role.${role}`)));
}
