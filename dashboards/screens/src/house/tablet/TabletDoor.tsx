/** The door of a kitchen tablet: the names of who works here, to be touched with wet hands, and then a PIN. */

import { useCallback, useState } from "react";

import type { PinHolder } from "../../hub/index.ts";
import { useCrew } from "./crew.ts";
import EnrollForm from "./EnrollForm.tsx";
import { useWords } from "../language.ts";
import { PinPad } from "./PinPad.tsx";
import type { Shift } from "../shift.ts";
import { forgetTablet, type Tablet } from "../tablet.ts";
import { refused, WORDS as HOUSE_WORDS } from "../words.ts";
import { WORDS } from "./words.ts";

interface TabletDoorProps {
  readonly tablet: Tablet;
  /** Why whoever was here last is not any more. */
  readonly reason: string | null;
  readonly onSignedIn: (shift: Shift) => void;
  readonly onPassword: () => void;
  /** The tablet came in anew, or is none any more. */
  readonly onChanged: () => void;
}

export default function TabletDoor({ tablet, reason, onSignedIn, onPassword, onChanged }: TabletDoorProps) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const { people, refusal, again } = useCrew(tablet);
  const [chosen, choose] = useState<PinHolder | null>(null);
  const back = useCallback(() => choose(null), []);
  const isOver = refusal?.code === "device_over";
  const trouble = refusal === null ? reason : refused(sayHouse, refusal);
  return (
    <div className="crew">
      {isOver && <Over tablet={tablet} isRevoked={refusal.facts["isRevoked"]} onChanged={onChanged} />}
      {!isOver && chosen !== null && (
        <PinPad
          key={chosen.userId}
          tablet={tablet}
          holder={chosen}
          onSignedIn={onSignedIn}
          onOver={again}
          onLeave={back}
        />
      )}
      {!isOver && chosen === null && (
        <>
          {trouble !== null && (
            <p className="signin__trouble" role="alert">
              {trouble}
            </p>
          )}
          <Names tablet={tablet} people={people} isAsking={refusal === null} onChoose={choose} />
        </>
      )}
      {(isOver || chosen === null) && (
        <button type="button" className="button button--quiet" onClick={onPassword}>
          {say("tablet.password")}
        </button>
      )}
    </div>
  );
}

interface NamesProps {
  readonly tablet: Tablet;
  readonly people: readonly PinHolder[] | null;
  readonly isAsking: boolean;
  readonly onChoose: (one: PinHolder) => void;
}

function Names({ tablet, people, isAsking, onChoose }: NamesProps) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  if (people === null) return isAsking ? <p role="status">{sayHouse("look.asking")}</p> : null;
  if (people.length === 0) return <p>{say("tablet.nobody", { name: tablet.name })}</p>;
  return (
    <section aria-label={say("tablet.who")}>
      <h2>{say("tablet.whoAt", { name: tablet.name })}</h2>
      <ul className="crew__names">
        {people.map((one) => (
          <li key={one.userId}>
            <button type="button" className="button" onClick={() => onChoose(one)}>
              {one.name}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface OverProps extends Pick<TabletDoorProps, "tablet" | "onChanged"> {
  /** Whether it was; undefined where the hub did not say. */
  readonly isRevoked: unknown;
}

/** Nobody taps a PIN here until it comes in anew: why, what to do, and the code. */
function Over({ tablet, isRevoked, onChanged }: OverProps) {
  const say = useWords(WORDS);
  const away = (): void => {
    forgetTablet();
    onChanged();
  };
  return (
    <>
      <p className="signin__trouble" role="alert">
        {say(whyOver(isRevoked), { name: tablet.name })}
      </p>
      <EnrollForm name={tablet.name} onEnrolled={onChanged} />
      <button type="button" className="button button--quiet" onClick={away}>
        {say("enroll.never")}
      </button>
    </>
  );
}

function whyOver(isRevoked: unknown): "tablet.revoked" | "tablet.rotated" | "tablet.over" {
  if (typeof isRevoked !== "boolean") return "tablet.over";
  return isRevoked ? "tablet.revoked" : "tablet.rotated";
}
