/** What one person is to the house: every job with what it may, given by a touch and taken by two. */

import { put, remove } from "../house/api.ts";
import { useToken } from "../house/Connected.tsx";
import { Dialog } from "../house/Dialog.tsx";
import { useDoing } from "../house/doing.ts";
import { useWords } from "../house/language.ts";
import { Twice } from "../house/Twice.tsx";
import { WORDS as HOUSE_WORDS } from "../house/words.ts";
import type { Colleague, RolesAnswer } from "../hub/index.ts";
import { type Job, JOBS, may } from "./jobs.ts";
import { JobSentence } from "./JobSentence.tsx";
import { usePlace } from "./place.ts";
import { WORDS } from "./words.ts";

interface RolesSheetProps {
  readonly person: Colleague;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

export function RolesSheet({ person, onChanged, onClose }: RolesSheetProps) {
  const say = useWords(WORDS);
  const token = useToken();
  const { restaurantId } = usePlace();
  const { isBusy, does } = useDoing();
  const at = (job: Job): string => `/restaurants/${restaurantId}/people/${person.userId}/roles/${job}`;
  const give = (job: Job): void => void does(() => put<RolesAnswer>(at(job), {}, token)).then(onChanged);
  const take = (job: Job): void => void does(() => remove<RolesAnswer>(at(job), token)).then(onChanged);
  return (
    <Dialog title={say("roles.of", { name: person.name })} onClose={onClose}>
      <p>{say("roles.what")}</p>
      <ul className="roles">
        {JOBS.map((job) => (
          <OneRole key={job} job={job} person={person} isBusy={isBusy} onGive={give} onTake={take} />
        ))}
      </ul>
    </Dialog>
  );
}

interface OneRoleProps {
  readonly job: Job;
  readonly person: Colleague;
  readonly isBusy: boolean;
  readonly onGive: (job: Job) => void;
  readonly onTake: (job: Job) => void;
}

function OneRole({ job, person, isBusy, onGive, onTake }: OneRoleProps) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const { roles, userId } = usePlace();
  const role = sayHouse(`role.${job}`);
  const isHeld = person.roles.includes(job);
  const isTheirs = job !== "owner" || may(roles, "owners:make");
  const isOwn = person.userId === userId && (job === "owner" || job === "manager");
  return (
    <li className="roles__one" data-held={isHeld}>
      <div>
        <strong>{role}</strong>
        {isHeld && <em className="roles__held">{say("roles.held")}</em>}
        <p>
          <JobSentence job={job} />
        </p>
        {!isTheirs && <p className="roles__not">{say("roles.ownersOnly")}</p>}
      </div>
      {isTheirs && !isHeld && (
        <button
          type="button"
          className="button"
          aria-label={say("roles.giveOne", { role })}
          disabled={isBusy}
          onClick={() => onGive(job)}
        >
          {say("roles.give")}
        </button>
      )}
      {isTheirs && isHeld && (
        <Twice
          label={say("roles.take", { role })}
          sure={say(isOwn ? "roles.sureOwn" : "roles.sure")}
          isDisabled={isBusy}
          onSure={() => onTake(job)}
        />
      )}
    </li>
  );
}
