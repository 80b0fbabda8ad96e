/** The ledger's pace as a small plot that slides with time. */

import { useState } from "react";

import { useHub, useSpeed } from "../house/Connected.tsx";
import { useWords } from "../house/language.ts";
import { useNowMs } from "../house/time.ts";
import { barsOf, ceilingOf, perMinute, spanAt } from "./pace.ts";
import { WORDS } from "./words.ts";

/** In the drawing's own units; it is stretched to the room it has. */
const BAR = 10;
const GAP = 2;
const HEIGHT = 60;

export function Plot({ timesMs }: { readonly timesMs: readonly number[] }) {
  const say = useWords(WORDS);
  const hub = useHub();
  const span = spanAt(useSpeed());
  useNowMs();
  const nowMs = hub.clock.nowMs();
  const [originMs] = useState(nowMs);
  const bars = barsOf(timesMs, nowMs, span);
  const ceiling = ceilingOf(bars);
  const placeOf = (ms: number): number => ((ms - originMs) / span.barMs) * BAR;
  const width = span.bars * BAR;
  const pace = say("pace", { count: perMinute(timesMs, nowMs) });
  return (
    <figure className="plot">
      <figcaption>
        <strong>{pace}</strong> <span>{say("paceOver", { minutes: (span.bars * span.barMs) / 60_000 })}</span>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <g className="plot__bars" style={{ transform: `translateX(${width - placeOf(nowMs)}px)` }}>
          {bars.map((bar) => {
            const height = (bar.perMinute / ceiling) * HEIGHT;
            const at = { x: placeOf(bar.fromMs) + GAP / 2, y: HEIGHT - height };
            return <rect key={bar.fromMs} {...at} width={BAR - GAP} height={height} />;
          })}
        </g>
      </svg>
    </figure>
  );
}
