/** The kitchen's tablets: letting one in by a code, having one come in anew, calling one something else, letting one out. */

import { type ReactNode, useCallback, useState } from "react";

import { asking } from "../house/api.ts";
import { useToken } from "../house/Connected.tsx";
import { useDoing } from "../house/doing.ts";
import { dayAndTime, useWords } from "../house/language.ts";
import { useLook } from "../house/looking.ts";
import { Seen } from "../house/Seen.tsx";
import { Twice } from "../house/Twice.tsx";
import {
  type DeviceCodeAnswer,
  type Devices,
  type DeviceShown,
  inviteDevice,
  revokeDevice,
  rotateDevice,
} from "../hub/index.ts";
import { usePlace } from "./place.ts";
import { TabletCode } from "./TabletCode.tsx";
import { TabletName } from "./TabletName.tsx";
import { sorted } from "./tablets.ts";
import { WORDS } from "./words.ts";

/** What lies over the list: a code, or a tablet that is called something else. */
type Open =
  | { readonly kind: "code"; readonly made: DeviceCodeAnswer; readonly before: readonly DeviceShown[] }
  | { readonly kind: "name"; readonly of: DeviceShown }
  | null;

export function Tablets() {
  const say = useWords(WORDS);
  const { restaurantId } = usePlace();
  const token = useToken();
  const look = useLook<Devices>(`/restaurants/${restaurantId}/devices`);
  const { isBusy, does } = useDoing();
  const [open, setOpen] = useState<Open>(null);
  const { again } = look;
  const close = useCallback(() => {
    setOpen(null);
    again();
  }, [again]);
  const before = look.seen?.items ?? [];
  const showCode = (made: DeviceCodeAnswer): void => setOpen({ kind: "code", made, before });
  const make = (): void =>
    void does(() => inviteDevice(asking(token), restaurantId)).then((made) => made && showCode(made));
  return (
    <section className="sheet" aria-labelledby="tablets">
      <h2 id="tablets">{say("page.tablets")}</h2>
      <p>{say("tablets.what")}</p>
      <button
        type="button"
        className="button button--main office__make"
        disabled={isBusy || look.seen === null}
        onClick={make}
      >
        {say("tablets.make")}
      </button>
      <Seen look={look}>
        {({ items }) => (
          <Lists items={items} onCode={showCode} onName={(of) => setOpen({ kind: "name", of })} onDone={again} />
        )}
      </Seen>
      {open?.kind === "code" && (
        <TabletCode made={open.made} before={open.before} now={before} onLook={again} onClose={close} />
      )}
      {open?.kind === "name" && <TabletName of={open.of} onClose={close} />}
    </section>
  );
}

interface Deeds {
  readonly onCode: (made: DeviceCodeAnswer) => void;
  readonly onName: (of: DeviceShown) => void;
  readonly onDone: () => void;
}

/** Those that are the house's, and, apart, those that were. */
function Lists({ items, ...deeds }: Deeds & { readonly items: readonly DeviceShown[] }) {
  const say = useWords(WORDS);
  const { here, gone } = sorted(items);
  return (
    <>
      {here.length === 0 && <p>{say("tablets.none")}</p>}
      <ul className="keys">
        {here.map((one) => (
          <OneTablet key={one.deviceId} of={one}>
            <TabletDeeds of={one} {...deeds} />
          </OneTablet>
        ))}
      </ul>
      {gone.length > 0 && (
        <details className="office__more">
          <summary>{say("tablets.gone", { count: gone.length })}</summary>
          <ul className="keys">
            {gone.map((one) => (
              <OneTablet key={one.deviceId} of={one} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

interface OneTabletProps {
  readonly of: DeviceShown;
  readonly children?: ReactNode;
}

function OneTablet({ of: { name, enrolledAt, lastUsedAt, revokedAt }, children }: OneTabletProps) {
  const say = useWords(WORDS);
  return (
    <li className="keys__one" data-open={revokedAt === null}>
      <h3>{name}</h3>
      <p className="keys__state">
        {revokedAt === null ? say("tablet.in") : say("tablet.out", { at: dayAndTime(revokedAt) })}
      </p>
      <dl className="keys__facts">
        <dt>{say("tablet.since")}</dt>
        <dd>{dayAndTime(enrolledAt)}</dd>
        <dt>{say("tablet.lastUsed")}</dt>
        <dd>{lastUsedAt === null ? say("key.never") : dayAndTime(lastUsedAt)}</dd>
      </dl>
      {children}
    </li>
  );
}

function TabletDeeds({ of, onCode, onName, onDone }: Deeds & { readonly of: DeviceShown }) {
  const say = useWords(WORDS);
  const token = useToken();
  const { isBusy, does } = useDoing();
  const rotate = (): void =>
    void does(() => rotateDevice(asking(token), of.deviceId)).then((made) => made && onCode(made));
  const revoke = (): void => void does(() => revokeDevice(asking(token), of.deviceId)).then(onDone);
  return (
    <div className="keys__deeds">
      <button type="button" className="button" disabled={isBusy} onClick={() => onName(of)}>
        {say("tablet.rename")}
      </button>
      <Twice label={say("tablet.rotate")} sure={say("tablet.sureRotate")} isDisabled={isBusy} onSure={rotate} />
      <Twice label={say("tablet.revoke")} sure={say("tablet.sureRevoke")} isDisabled={isBusy} onSure={revoke} />
    </div>
  );
}
