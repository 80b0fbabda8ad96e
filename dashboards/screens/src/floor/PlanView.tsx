/**
 * The tables: where they stand, as a plan, or, where the screen is too narrow for one, as a list by section.
 *
 * It is one list for ears and keys in both cases; only where things are drawn differs. Not its business: which tables.
 */

import { type CSSProperties, memo, useMemo } from "react";

import { useWords } from "../house/language.ts";
import type { FloorSection, FloorTable } from "../hub/wire.ts";
import { Minutes } from "./Minutes.tsx";
import { planOf } from "./plan.ts";
import { useNarrow } from "./useNarrow.ts";
import { WORDS } from "./words.ts";

interface PlanViewProps {
  readonly tables: readonly FloorTable[];
  readonly sections: readonly FloorSection[];
  readonly plates: ReadonlyMap<string, number>;
  readonly waiting: ReadonlySet<string>;
  readonly onOpen: (tableId: string) => void;
}

/** React's own type knows no custom properties. */
type Placed = CSSProperties & Readonly<Record<`--${string}`, string>>;

export const PlanView = memo(function PlanView({ tables, sections, plates, waiting, onOpen }: PlanViewProps) {
  const say = useWords(WORDS);
  // Tables stay where they are all evening, whatever becomes of them.
  const plan = useMemo(() => planOf(tables), [tables.map((one) => `${one.tableId} ${one.x} ${one.y}`).join()]);
  const size: Placed = { "--width": `${plan.widthPercent}%`, "--height": `${plan.heightPercent}%` };
  const isList = useNarrow() || plan.isCrowded;
  if (tables.length === 0) return <p className="floor__opening">{say("noTables")}</p>;
  return (
    <section className={isList ? "plan plan--list" : "plan"} aria-label={say("plan")} style={size}>
      {sections.map(({ sectionId, name }) => (
        <Section
          key={sectionId}
          name={name}
          tables={tables.filter((one) => one.sectionId === sectionId)}
          place={(tableId) => {
            const spot = plan.spots.get(tableId);
            return { "--left": `${spot?.leftPercent ?? 50}%`, "--top": `${spot?.topPercent ?? 50}%` };
          }}
          plates={plates}
          waiting={waiting}
          onOpen={onOpen}
        />
      ))}
    </section>
  );
});

interface SectionProps extends Omit<PlanViewProps, "sections"> {
  readonly name: string;
  readonly place: (tableId: string) => Placed;
}

function Section({ name, tables, place, plates, waiting, onOpen }: SectionProps) {
  if (tables.length === 0) return null;
  return (
    <section className="plan__section" aria-label={name}>
      <h2 className="plan__name">{name}</h2>
      <ul className="plan__tables">
        {tables.map((table) => (
          <li key={table.tableId} className="plan__spot" style={place(table.tableId)}>
            <TableCard
              table={table}
              plates={plates.get(table.tableId) ?? 0}
              isWaiting={waiting.has(table.tableId)}
              onOpen={onOpen}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface TableCardProps {
  readonly table: FloorTable;
  readonly plates: number;
  readonly isWaiting: boolean;
  readonly onOpen: (tableId: string) => void;
}

const TableCard = memo(function TableCard({ table, plates, isWaiting, onOpen }: TableCardProps) {
  const say = useWords(WORDS);
  const { name, status, seating, seats } = table;
  return (
    <button
      type="button"
      className="table"
      data-status={status}
      data-waiting={isWaiting}
      onClick={() => onOpen(table.tableId)}
    >
      <span className="table__head">
        <span className="unseen">{say("table.before")} </span>
        <strong className="table__name">{name}</strong>
        <span className="table__seats">
          <span aria-hidden="true">{seating === null ? seats : `${seating.covers}/${seats}`}</span>
          <span className="unseen">
            , {seating === null ? say("seats", { seats }) : say("covers", { covers: seating.covers, seats })},{" "}
          </span>
        </span>
      </span>
      <span className="table__status">{say(`status.${status}`)}</span>
      {status !== "free" && (
        <span className="table__since">
          <Minutes since={table.statusSince} />
          {seating !== null && status !== "seated" && (
            <span className="table__seated">
              <span className="unseen">, </span>
              <Minutes since={seating.seatedAt} word="hereFor" />
            </span>
          )}
        </span>
      )}
      {plates > 0 && <span className="table__ready">{say("readyPlates", { plates })}</span>}
      {isWaiting && plates === 0 && <span className="table__waiting">{say("waitsTooLong")}</span>}
    </button>
  );
});
