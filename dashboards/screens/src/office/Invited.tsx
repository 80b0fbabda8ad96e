/** Who was invited and has not answered: until when they can, writing to them again, and taking it back. */

import { asking } from "../house/api.ts";
import { useToken } from "../house/Connected.tsx";
import { useDoing } from "../house/doing.ts";
import { dayAndTime, listed, useWords } from "../house/language.ts";
import { type Look } from "../house/looking.ts";
import { useTell } from "../house/Notices.tsx";
import { Seen } from "../house/Seen.tsx";
import { Twice } from "../house/Twice.tsx";
import { WORDS as HOUSE_WORDS } from "../house/words.ts";
import {
  type Colleague,
  type PendingInvitation,
  type PendingInvitations,
  sendInvitationAgain,
  withdrawInvitation,
} from "../hub/index.ts";
import { JOBS, may } from "./jobs.ts";
import { usePlace } from "./place.ts";
import { WORDS } from "./words.ts";

interface InvitedProps {
  readonly look: Look<PendingInvitations>;
  /** By whom somebody may have been invited. */
  readonly people: readonly Colleague[];
}

export function Invited({ look, people }: InvitedProps) {
  const say = useWords(WORDS);
  return (
    <section aria-labelledby="invited">
      <h3 id="invited">{say("invited")}</h3>
      <Seen look={look}>
        {({ items }) => (
          <>
            {items.length === 0 && <p>{say("invited.none")}</p>}
            <ul className="keys">
              {items.map((one) => (
                <OneInvited
                  key={one.invitationId}
                  of={one}
                  by={people.find(({ userId }) => userId === one.invitedBy)?.name ?? say("audit.somebody")}
                  onDone={look.again}
                />
              ))}
            </ul>
          </>
        )}
      </Seen>
    </section>
  );
}

interface OneInvitedProps {
  readonly of: PendingInvitation;
  readonly by: string;
  readonly onDone: () => void;
}

function OneInvited({ of, by, onDone }: OneInvitedProps) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const { roles } = usePlace();
  const as = JOBS.filter((job) => of.roles.includes(job)).map((job) => sayHouse(`role.${job}`));
  const isTheirs = !of.roles.includes("owner") || may(roles, "owners:make");
  return (
    <li className="keys__one" data-open={of.isGood}>
      <h4 className="invited__email">{of.email}</h4>
      <p className="keys__state">
        {of.isGood ? say("invited.until", { at: dayAndTime(of.expiresAt) }) : say("invited.void", { by })}
      </p>
      <dl className="keys__facts">
        <dt>{say("invited.as")}</dt>
        <dd>{listed(as)}</dd>
        <dt>{say("invited.by")}</dt>
        <dd>{say("invited.byAt", { by, at: dayAndTime(of.invitedAt) })}</dd>
      </dl>
      {isTheirs ? <InvitedDeeds of={of} onDone={onDone} /> : <p>{say("roles.ownersOnly")}</p>}
    </li>
  );
}

function InvitedDeeds({ of, onDone }: Omit<OneInvitedProps, "by">) {
  const say = useWords(WORDS);
  const tell = useTell();
  const token = useToken();
  const { isBusy, does } = useDoing();
  const tooMany = { too_many_invitations: say("refused.too_many_invitations") };
  const send = (): void =>
    void does(() => sendInvitationAgain(asking(token), of.invitationId), tooMany).then((sent) => {
      if (sent !== undefined) tell({ text: say("invited.sent", { email: of.email }) });
      onDone();
    });
  const withdraw = (): void => void does(() => withdrawInvitation(asking(token), of.invitationId)).then(onDone);
  return (
    <div className="keys__deeds">
      <button
        type="button"
        className="button"
        disabled={isBusy}
        aria-label={say("invited.sendTo", { email: of.email })}
        onClick={send}
      >
        {say("invited.send")}
      </button>
      <Twice label={say("invited.withdraw")} sure={say("invited.sureWithdraw")} isDisabled={isBusy} onSure={withdraw} />
    </div>
  );
}
