/** The code by which a tablet comes in, big enough to be typed from, until it has come or the code has run out. */

import { useEffect } from "react";

import { useHub } from "../house/Connected.tsx";
import { Dialog } from "../house/Dialog.tsx";
import { stopwatch, useWords } from "../house/language.ts";
import { useNowMs } from "../house/time.ts";
import type { DeviceCodeAnswer, DeviceShown } from "../hub/index.ts";
import { grouped, newcomer, secondsLeft } from "./tablets.ts";
import { WORDS } from "./words.ts";

interface TabletCodeProps {
  readonly made: DeviceCodeAnswer;
  /** The tablets as they were when the code was made, and as they are. */
  readonly before: readonly DeviceShown[];
  readonly now: readonly DeviceShown[];
  readonly onLook: () => void;
  readonly onClose: () => void;
}

const LOOK_MS = 3_000;

export function TabletCode({ made, before, now, onLook, onClose }: TabletCodeProps) {
  const say = useWords(WORDS);
  const { clock } = useHub();
  useNowMs();
  // On the hub's clock, whose code it is.
  const left = secondsLeft(made.expiresAt, clock.nowMs());
  const anew = now.find((one) => one.deviceId === made.deviceId);
  // One that comes in anew is there already: nothing tells when it has.
  const arrived = made.deviceId === null ? newcomer(before, now) : null;
  const isAwaited = made.deviceId === null && arrived === null && left > 0;
  useEffect(() => {
    if (!isAwaited) return;
    const looking = setInterval(onLook, LOOK_MS);
    return () => clearInterval(looking);
  }, [isAwaited, onLook]);
  const isGood = arrived === null && left > 0 && made.code !== null;
  return (
    <Dialog title={anew === undefined ? say("code.new") : say("code.anew", { name: anew.name })} onClose={onClose}>
      <div className="secret">
        <p role="status" className="code__news">
          {arrived !== null && say("code.arrived", { name: arrived.name })}
          {arrived === null && !isGood && say("code.over")}
        </p>
        {isGood && (
          <>
            <p className="code">
              <span className="unseen">{say("code")}</span> {grouped(made.code)}
            </p>
            <p className="code__left">{say("code.left", { time: stopwatch(left) })}</p>
            <ol className="code__how">
              <li>{say("code.how.open")}</li>
              <li>{say(anew === undefined ? "code.how.touch" : "code.how.asks")}</li>
              <li>{say(anew === undefined ? "code.how.type" : "code.how.typeAnew")}</li>
              <li>{say("code.how.pins")}</li>
            </ol>
          </>
        )}
        <button type="button" className="button" onClick={onClose}>
          {say("code.close")}
        </button>
      </div>
    </Dialog>
  );
}
