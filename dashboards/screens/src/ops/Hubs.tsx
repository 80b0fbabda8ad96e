/** Every hub of the house, a column each, so that the one that is different is seen. */

import type { ReactNode } from "react";

import { type Say, useWords } from "../house/language.ts";
import { type Level, levelOf, NORMS, worst } from "./norms.ts";
import { SLOTS } from "./Plot.tsx";
import { brief, figure, MEBIBYTE, nameOf, type Shown } from "./shown.ts";
import { poolLevel, steadyLagMs, summed, troublesOf } from "./verdict.ts";
import { type Figures, type HubSeen, latest, type Presence, presence, type Watch } from "./watch.ts";
import { type OpsWord, WORDS } from "./words.ts";

/** Where more hubs than these are side by side, those in trouble come first; fewer keep their places. */
const SIDE_BY_SIDE_MAX = 4;

export function Hubs(shown: Shown) {
  const say = useWords(WORDS);
  const { there, watch, nowMs } = shown;
  const listed = shown.listed.length > SIDE_BY_SIDE_MAX ? worstFirst(watch, shown.listed, nowMs) : shown.listed;
  return (
    <section className="hubs panel" aria-labelledby="hubs">
      <h2 id="hubs">{say("hubs")}</h2>
      <div className="scroller" role="group" aria-labelledby="hubs" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say("hubs.figure")}</th>
              {listed.length > 1 && (
                <th scope="col" className="all">
                  {say("hubs.all")}
                </th>
              )}
              {listed.map((one) => (
                <HubHead key={one.instance} hub={one} {...shown} />
              ))}
            </tr>
          </thead>
          <tbody>
            {ROWS.map(({ name, norm, all, each }) => (
              <tr key={name}>
                <th scope="row">
                  {say(name)} <small>{norm(say)}</small>
                </th>
                {listed.length > 1 && <td className="all">{all?.(say, there)}</td>}
                {listed.map((one) => (
                  <Cell key={one.instance} {...each(say, one, nowMs)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function worstFirst(watch: Watch, hubs: readonly HubSeen[], nowMs: number): readonly HubSeen[] {
  const level = (one: HubSeen): Level => stateOf(one, presence(watch, one, nowMs)).level;
  const order: readonly Level[] = ["bad", "warn", "good"];
  return order.flatMap((each) => hubs.filter((one) => level(one) === each));
}

function HubHead({ hub, watch, names, nowMs }: Shown & { readonly hub: HubSeen }) {
  const say = useWords(WORDS);
  const { level, word } = stateOf(hub, presence(watch, hub, nowMs));
  return (
    <th scope="col" className="hub" data-level={level}>
      <span className="hub__name">
        <svg className="hub__line" viewBox="0 0 24 8" aria-hidden="true">
          <path data-slot={hub.slot % SLOTS} d="M0 4L24 4" />
        </svg>
        {say("hubs.name", { name: nameOf(names, hub.instance) })}
      </span>
      <span className="hub__state">{say(word)}</span>
      {hub.instance === watch.board?.instance && <small>{say("hubs.here")}</small>}
    </th>
  );
}

function stateOf(hub: HubSeen, how: Presence): { readonly level: Level; readonly word: OpsWord } {
  if (how === "silent") return { level: "bad", word: "state.silent" };
  if (how === "stopped") return { level: "warn", word: "state.stopped" };
  if (how === "unseen") return { level: "warn", word: "state.unseen" };
  if (hub.pulse.isStopping) return { level: "warn", word: "state.stopping" };
  const level = worst(troublesOf(hub).map((one) => one.level));
  return { level, word: `state.${level}` };
}

interface CellProps {
  readonly text: string;
  readonly level?: Level;
  /** The level is said already. */
  readonly isSaid?: boolean;
}

function Cell({ text, level = "good", isSaid = false }: CellProps) {
  const say = useWords(WORDS);
  return (
    <td data-level={level}>
      {text}
      {level !== "good" && !isSaid && <em className="mark">{say(`mark.${level}`)}</em>}
    </td>
  );
}

interface Row {
  readonly name: OpsWord;
  readonly norm: (say: Say<OpsWord>) => string;
  /** Over all hubs that are heard, where that means something. */
  readonly all?: (say: Say<OpsWord>, there: readonly HubSeen[]) => ReactNode;
  readonly each: (say: Say<OpsWord>, hub: HubSeen, nowMs: number) => CellProps;
}

/** A row of figures that are summed over all hubs. */
function counted(name: OpsWord, norm: OpsWord, of: keyof Figures, isRate: boolean): Row {
  const text = (say: Say<OpsWord>, value: number | null | undefined): string =>
    isRate ? perSecond(say, value) : value === null || value === undefined ? say("unknown") : figure(value);
  return {
    name,
    norm: (say) => say(norm),
    all: (say, there) => text(say, summed(there, of)),
    each: (say, hub) => ({ text: text(say, latest(hub)?.[of]) }),
  };
}

function perSecond(say: Say<OpsWord>, value: number | null | undefined): string {
  return value === null || value === undefined ? say("unknown") : `${brief(value)} ${say("perSecond.unit")}`;
}

const ROWS: readonly Row[] = [
  {
    name: "row.heard",
    norm: (say) => say("norm.heard"),
    each: (say, { heardAtMs }, nowMs) => ({
      text: say("heard.ago", { seconds: Math.max(0, Math.round((nowMs - heardAtMs) / 1_000)) }),
    }),
  },
  counted("row.sockets", "norm.sockets", "sockets", false),
  counted("row.recorded", "norm.recorded", "recordedPerSecond", true),
  counted("row.delivered", "norm.delivered", "deliveredPerSecond", true),
  counted("row.deeds", "norm.deeds", "deedsPerSecond", true),
  {
    ...counted("row.refused", "norm.refusedPerSecond", "refusedPerSecond", true),
    norm: (say) => say("norm.refusedPerSecond", { limit: NORMS.refusedPerSecond.warnFrom }),
    each: (say, hub) => {
      const refused = latest(hub)?.refusedPerSecond;
      return { text: perSecond(say, refused), level: levelOf("refusedPerSecond", refused) };
    },
  },
  {
    name: "row.behind",
    norm: (say) => say("norm.behindSeconds", { limit: NORMS.behindSeconds.warnFrom }),
    each: (say, { pulse }) => ({
      text: `${brief(pulse.behindSeconds)} ${say("unit.s")}`,
      level: levelOf("behindSeconds", pulse.behindSeconds),
    }),
  },
  {
    name: "row.entriesBehind",
    norm: (say) => say("norm.entriesBehind", { limit: NORMS.entriesBehind.warnFrom }),
    all: (_say, there) => figure(summed(there, "entriesBehind") ?? 0),
    each: (_say, { pulse }) => ({
      text: figure(pulse.entriesBehind),
      level: levelOf("entriesBehind", pulse.entriesBehind),
    }),
  },
  {
    name: "row.lag",
    norm: (say) => say("norm.loopLagMs", { limit: NORMS.loopLagMs.warnFrom }),
    each: (say, hub) => ({
      text: `${brief(latest(hub)?.loopLagMs ?? 0)} ${say("unit.ms")}`,
      level: levelOf("loopLagMs", steadyLagMs(hub)),
    }),
  },
  {
    name: "row.cpu",
    norm: (say) => say("norm.coreShare", { limit: NORMS.coreShare.warnFrom * 100 }),
    each: (say, hub) => percent(say, latest(hub)?.coreShare),
  },
  {
    name: "row.memory",
    norm: (say) => say("norm.memoryBytes", { limit: NORMS.memoryBytes.warnFrom / MEBIBYTE }),
    all: (say, there) => mebibytes(say, summed(there, "memoryBytes")),
    each: (say, { pulse: { memoryBytes } }) => ({
      text: mebibytes(say, memoryBytes),
      level: levelOf("memoryBytes", memoryBytes),
    }),
  },
  {
    name: "row.database",
    norm: (say) => say("norm.database"),
    each: (say, hub) => databaseInWords(say, hub),
  },
  {
    name: "row.pool",
    norm: (say) => say("norm.pool"),
    all: (_say, there) => figure(there.reduce((sum, one) => sum + one.pulse.database.poolInUse, 0)),
    each: (say, hub) => {
      const { poolInUse, poolSizeMax } = hub.pulse.database;
      return { text: say("pool", { used: poolInUse, all: poolSizeMax }), level: poolLevel(hub) };
    },
  },
  {
    name: "row.redis",
    norm: (say) => say("norm.redis"),
    each: (say, { pulse: { redis } }) =>
      redis.isUp ? { text: say("redis.up") } : { text: say("redis.away"), level: "warn", isSaid: true },
  },
  {
    name: "row.ledgers",
    norm: (say) => say("norm.ledgers"),
    each: (_say, { pulse }) => ({ text: figure(pulse.followers) }),
  },
  {
    name: "row.uptime",
    norm: (say) => say("norm.uptime"),
    each: (say, { pulse }) => ({ text: uptime(say, pulse.uptimeSeconds) }),
  },
  { name: "row.version", norm: (say) => say("norm.version"), each: (_say, { pulse }) => ({ text: pulse.version }) },
  {
    name: "row.process",
    norm: () => "",
    each: (say, { pulse }) => ({ text: say("process", { pid: String(pulse.pid), host: pulse.host }) }),
  },
];

function percent(say: Say<OpsWord>, share: number | null | undefined): CellProps {
  if (share === null || share === undefined) return { text: say("unknown") };
  return { text: `${brief(share * 100)} ${say("unit.percent")}`, level: levelOf("coreShare", share) };
}

function mebibytes(say: Say<OpsWord>, bytes: number | null): string {
  return bytes === null ? say("unknown") : `${figure(bytes / MEBIBYTE)} ${say("unit.mib")}`;
}

function databaseInWords(say: Say<OpsWord>, { pulse: { database } }: HubSeen): CellProps {
  if (database.isAnswering) return { text: say("database.answers") };
  const seconds = database.secondsSinceAnswer;
  const text = seconds === null ? say("database.never") : say("database.silent", { seconds: Math.round(seconds) });
  return { text, level: "bad", isSaid: true };
}

function uptime(say: Say<OpsWord>, seconds: number): string {
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600), Math.floor(seconds / 60)];
  if (days > 0) return say("uptime.days", { days, hours: hours % 24 });
  if (hours > 0) return say("uptime.hours", { hours, minutes: minutes % 60 });
  return say("uptime.minutes", { minutes, seconds: Math.floor(seconds % 60) });
}
