/**
 * One figure over the last two minutes: a line for each hub, the figure now in digits, and what is normal.
 *
 * It is drawn once a second; in between the browser slides the finished picture, which costs nothing. Not its business:
 * which figure it is (`Plots.tsx`), and where points are (`scale.ts`).
 */

import { useWords } from "../house/language.ts";
import type { Level } from "./norms.ts";
import { HEIGHT, pathOf, type Point, topOf } from "./scale.ts";
import { brief } from "./shown.ts";
import { WINDOW_SECONDS } from "./watch.ts";
import { WORDS } from "./words.ts";

/** As many kinds of lines as there are; more hubs than that share them. */
export const SLOTS = 6;

export interface Curve {
  readonly instance: string;
  readonly slot: number;
  readonly points: readonly Point[];
}

interface PlotProps {
  readonly title: string;
  readonly unit: string;
  /** What the digits are of: all hubs together, or the worst. */
  readonly of: string;
  /** The figure now; null while it is not known. */
  readonly now: number | null;
  readonly norm: string;
  readonly level: Level;
  readonly curves: readonly Curve[];
  /** The axis reaches at least so far up, so that nothing much does not look like a lot. */
  readonly topMin: number;
  readonly nowMs: number;
  /** Another one every second, by turns, which lets the picture slide anew. */
  readonly isEven: boolean;
}

export function Plot({ title, unit, of, now, norm, level, curves, topMin, nowMs, isEven }: PlotProps) {
  const say = useWords(WORDS);
  const figures = curves.flatMap((one) => one.points.map((point) => point.figure));
  const top = topOf(figures, topMin);
  const digits = now === null ? say("plot.unknown") : brief(now);
  const value = now === null ? digits : `${digits} ${unit} (${of})`;
  return (
    <figure className="plot" data-level={level}>
      <figcaption className="plot__head">
        <h3>{title}</h3>
        <p className="plot__now">
          <strong>{now === null ? say("unknown") : digits}</strong> {unit}
          {level !== "good" && <em className="mark">{say(`mark.${level}`)}</em>}
        </p>
      </figcaption>
      <div className="plot__box" role="img" aria-label={say("plot.named", { title, value, norm })}>
        <span className="plot__top">
          {brief(top)} {unit}
        </span>
        <span className="plot__zero">0</span>
        <div className="plot__glass">
          <svg
            className="plot__lines"
            data-turn={isEven ? "even" : "odd"}
            viewBox={`0 0 ${WINDOW_SECONDS} ${HEIGHT}`}
            preserveAspectRatio="none"
          >
            {curves.map((one) => (
              <path key={one.instance} data-slot={one.slot % SLOTS} d={pathOf(one.points, nowMs, top)} />
            ))}
          </svg>
        </div>
        <span className="plot__from">{say("plot.from", { seconds: WINDOW_SECONDS })}</span>
        <span className="plot__middle">{say("plot.from", { seconds: WINDOW_SECONDS / 2 })}</span>
        <span className="plot__to">{say("plot.now")}</span>
      </div>
      <p className="plot__norm">
        {of}. {norm}.
      </p>
    </figure>
  );
}
