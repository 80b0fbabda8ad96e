/** A restaurant's pulse: how full it is, what is cooked, and what was stated last, as it happens. */

import { type ReactNode, useMemo } from "react";

import { Age, Glass } from "../house/Age.tsx";
import { useAgeSeconds, useFreshness, useRoom } from "../house/Connected.tsx";
import { useWords } from "../house/language.ts";
import { refused, WORDS as HOUSE_WORDS } from "../house/words.ts";
import { BOARDS, type PassBoard, type RoomNow, type WaitersBoard } from "../hub/index.ts";
import { Docket } from "./Docket.tsx";
import { isTold, merged, remembering } from "./facts.ts";
import { figuresOfOrders, figuresOfPass, floorFigures, type KitchenFigures } from "./figures.ts";
import { usePast } from "./history.ts";
import type { WatchableHouse } from "./houses.ts";
import { anyOf, namesOnFloor, namesOnPass } from "./names.ts";
import { Plot } from "./Plot.tsx";
import { WORDS } from "./words.ts";

const FLOOR = remembering(BOARDS.waiters, namesOnFloor);
const PASS = remembering(BOARDS.pass, namesOnPass);

interface PulseProps {
  readonly house: WatchableHouse;
  readonly name: string;
  readonly token: string;
  /** Who looks, and which other restaurants there are. */
  readonly children: ReactNode;
}

export function Pulse({ house: { restaurantId, seesFloor, seesKitchen }, name, token, children }: PulseProps) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const floor = useRoom(seesFloor ? `waiters:${restaurantId}` : null, FLOOR);
  const pass = useRoom(seesKitchen ? `kitchen:${restaurantId}` : null, PASS);
  const rooms: readonly RoomNow<unknown>[] = [...(seesFloor ? [floor] : []), ...(seesKitchen ? [pass] : [])];
  const now = together(rooms);
  const freshness = useFreshness(now);
  const names = useMemo(() => {
    return anyOf(...(pass.board ? [namesOnPass(pass.board)] : []), ...(floor.board ? [namesOnFloor(floor.board)] : []));
  }, [floor.board, pass.board]);
  // The floor's room hears nearly everything that the kitchen's does.
  const pastRoom = seesFloor ? `waiters:${restaurantId}` : `kitchen:${restaurantId}`;
  const past = usePast(pastRoom, now.provenAtMs === null ? null : now.seq, names, token);
  const facts = useMemo(
    () => merged(past, floor.board?.facts ?? [], pass.board?.facts ?? []),
    [past, floor.board?.facts, pass.board?.facts],
  );
  const timesMs = useMemo(() => facts.map((one) => one.atMs), [facts]);
  const told = useMemo(() => facts.filter(isTold), [facts]);
  return (
    <section className="pulse" aria-labelledby="pulse-name">
      <header className="pulse__head">
        <h2 id="pulse-name">{say("rightNow", { name })}</h2>
        <Age freshness={freshness} />
        {children}
      </header>
      {now.refusal && (
        <p className="signin__trouble" role="alert">
          {refused(sayHouse, now.refusal)}
        </p>
      )}
      <Glass freshness={freshness}>
        <Figures floor={seesFloor ? floor.board : undefined} pass={seesKitchen ? pass.board : undefined} />
        <Plot timesMs={timesMs} />
        <Docket facts={told} seq={now.seq} gaps={now.gaps} isLive={freshness.state === "live"} />
      </Glass>
    </section>
  );
}

/** Several rooms as one: as old as the oldest of them. */
function together(rooms: readonly RoomNow<unknown>[]): RoomNow<unknown> {
  const proven = rooms.map((one) => one.provenAtMs).filter((ms) => ms !== null);
  return {
    board: null,
    provenAtMs: proven.length < rooms.length ? null : Math.min(...proven),
    isConnected: rooms.every((one) => one.isConnected),
    refusal: rooms.find((one) => one.refusal !== null)?.refusal ?? null,
    seq: Math.max(0, ...rooms.map((one) => one.seq)),
    epoch: null,
    gaps: rooms.reduce((sum, one) => sum + one.gaps, 0),
  };
}

interface FiguresProps {
  /** The boards that there are; null while they are opened, undefined where they are not for whoever looks. */
  readonly floor: WaitersBoard | null | undefined;
  readonly pass: PassBoard | null | undefined;
}

/** What is not known yet, or is not there, in the place of a number. */
const NONE = "–";

function Figures({ floor, pass }: FiguresProps) {
  const say = useWords(WORDS);
  const dining = useMemo(() => floor && floorFigures(floor), [floor]);
  const kitchen = useMemo(() => (pass ? figuresOfPass(pass) : floor && figuresOfOrders(floor)), [floor, pass]);
  const number = (count: number | undefined): string => (count === undefined ? NONE : say("number", { count }));
  const seated = dining && say("tablesSeatedOf", { seated: dining.tablesSeated, all: dining.tables });
  return (
    <dl className="figures" aria-label={say("figures")}>
      {floor !== undefined && (
        <>
          <Figure name={say("tablesSeated")} value={seated ?? NONE} />
          <Figure name={say("covers")} value={number(dining?.covers)} />
        </>
      )}
      <Figure name={say("ordersInKitchen")} value={number(kitchen?.ordersInKitchen)} />
      <Figure name={say("ticketsOpen")} value={number(kitchen?.ticketsOpen)} />
      <Oldest firedAt={kitchen?.oldestFiredAt ?? null} />
      <Figure name={say("platesReady")} value={number(kitchen?.platesReady)} />
    </dl>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** The only number that ticks. */
function Oldest({ firedAt }: { readonly firedAt: KitchenFigures["oldestFiredAt"] }) {
  const say = useWords(WORDS);
  const ageSeconds = useAgeSeconds();
  const age = firedAt === null ? NONE : say("minutes", { count: Math.floor(ageSeconds(firedAt) / 60) });
  return <Figure name={say("oldestTicket")} value={age} />;
}
