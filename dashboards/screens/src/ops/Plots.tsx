/** The figures that an operator watches move, each as a plot: what happens, how late, and what it costs. */

import { useState } from "react";

import { useWords } from "../house/language.ts";
import { levelOf, NORMS, worst } from "./norms.ts";
import { type Curve, Plot } from "./Plot.tsx";
import { MEBIBYTE, type Shown } from "./shown.ts";
import { highest, steadyLagMs, summed } from "./verdict.ts";
import type { Figures } from "./watch.ts";
import { WORDS } from "./words.ts";

export function Plots({ listed, there, nowMs }: Shown) {
  const say = useWords(WORDS);
  const curves = (of: keyof Figures, times = 1): readonly Curve[] =>
    listed.map(({ instance, slot, samples }) => ({
      instance,
      slot,
      points: samples.map(({ heardAtMs, figures }) => ({ atMs: heardAtMs, figure: scaled(figures[of], times) })),
    }));
  const isEven = useTurns(nowMs);
  const all = { of: say("plot.sum"), level: "good", nowMs, isEven } as const;
  const worstOf = { of: say("plot.worst"), nowMs, isEven };
  const perSecond = say("perSecond.unit");
  return (
    <section className="plots" aria-labelledby="plots">
      <h2 id="plots">{say("plots")}</h2>
      <div className="plots__grid">
        <Plot
          {...all}
          title={say("plot.recorded")}
          unit={perSecond}
          now={summed(there, "recordedPerSecond")}
          norm={say("norm.recorded")}
          curves={curves("recordedPerSecond")}
          topMin={2}
        />
        <Plot
          {...all}
          title={say("plot.delivered")}
          unit={perSecond}
          now={summed(there, "deliveredPerSecond")}
          norm={say("norm.delivered")}
          curves={curves("deliveredPerSecond")}
          topMin={10}
        />
        <Plot
          {...worstOf}
          title={say("plot.behind")}
          unit={say("unit.s")}
          now={highest(there, "behindSeconds")}
          norm={say("norm.behindSeconds", { limit: NORMS.behindSeconds.warnFrom })}
          level={levelOf("behindSeconds", highest(there, "behindSeconds"))}
          curves={curves("behindSeconds")}
          topMin={2}
        />
        <Plot
          {...worstOf}
          title={say("plot.lag")}
          unit={say("unit.ms")}
          now={highest(there, "loopLagMs")}
          norm={say("norm.loopLagMs", { limit: NORMS.loopLagMs.warnFrom })}
          level={worst(there.map((one) => levelOf("loopLagMs", steadyLagMs(one))))}
          curves={curves("loopLagMs")}
          topMin={20}
        />
        <Plot
          {...all}
          title={say("plot.sockets")}
          unit=""
          now={summed(there, "sockets")}
          norm={say("norm.sockets")}
          curves={curves("sockets")}
          topMin={5}
        />
        <Plot
          {...all}
          title={say("plot.refused")}
          unit={perSecond}
          now={summed(there, "refusedPerSecond")}
          norm={say("norm.refusedPerSecond", { limit: NORMS.refusedPerSecond.warnFrom })}
          level={worst(there.map((one) => levelOf("refusedPerSecond", one.samples.at(-1)?.figures.refusedPerSecond)))}
          curves={curves("refusedPerSecond")}
          topMin={1}
        />
        <Plot
          {...worstOf}
          title={say("plot.cpu")}
          unit={say("unit.percent")}
          now={scaled(highest(there, "coreShare"), 100)}
          norm={say("norm.coreShare", { limit: NORMS.coreShare.warnFrom * 100 })}
          level={levelOf("coreShare", highest(there, "coreShare"))}
          curves={curves("coreShare", 100)}
          topMin={100}
        />
        <Plot
          {...worstOf}
          title={say("plot.memory")}
          unit={say("unit.mib")}
          now={scaled(highest(there, "memoryBytes"), 1 / MEBIBYTE)}
          norm={say("norm.memoryBytes", { limit: NORMS.memoryBytes.warnFrom / MEBIBYTE })}
          level={levelOf("memoryBytes", highest(there, "memoryBytes"))}
          curves={curves("memoryBytes", 1 / MEBIBYTE)}
          topMin={200}
        />
      </div>
    </section>
  );
}

/** True and false by turns, whenever it is another moment. */
function useTurns(nowMs: number): boolean {
  const [turn, setTurn] = useState({ nowMs, isEven: true });
  if (turn.nowMs !== nowMs) setTurn({ nowMs, isEven: !turn.isEven });
  return turn.isEven;
}

function scaled(figure: number | null, times: number): number | null {
  return figure === null ? null : figure * times;
}
