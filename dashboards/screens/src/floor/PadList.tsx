/** What is on the pad, by course, with more and less of each line. */

import { money, useWords } from "../house/language.ts";
import { namesOf } from "./choices.ts";
import { useFloor } from "./floor.ts";
import { amountOf, type Jotted, type Pad, type PadLine } from "./pad.ts";
import { WORDS } from "./words.ts";

interface PadListProps {
  readonly pad: Pad;
  readonly isEatenHere: boolean;
  readonly onLine: (key: number, now: Jotted) => void;
  readonly onOpen: (line: PadLine) => void;
}

export function PadList({ pad, isEatenHere, onLine, onOpen }: PadListProps) {
  const say = useWords(WORDS);
  const courses = isEatenHere
    ? [...new Set(pad.lines.map((line) => line.course))].sort((one, other) => one - other)
    : [null];
  return (
    <section className="pad" aria-label={say("pad")}>
      {pad.lines.length === 0 && <p className="pad__empty">{say("pad.empty")}</p>}
      {courses.map((course) => (
        <div key={course} className="pad__course">
          {course !== null && <h3>{say("course", { course })}</h3>}
          <ul>
            {pad.lines
              .filter((line) => course === null || line.course === course)
              .map((line) => (
                <LineOnPad key={line.key} line={line} isEatenHere={isEatenHere} onLine={onLine} onOpen={onOpen} />
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

interface LineOnPadProps extends Omit<PadListProps, "pad"> {
  readonly line: PadLine;
}

function LineOnPad({ line, isEatenHere, onLine, onOpen }: LineOnPadProps) {
  const say = useWords(WORDS);
  const { items, menu } = useFloor();
  const item = items.get(line.itemId);
  const name = item?.name ?? say("notOnMenu");
  const isOff = item === undefined || !item.available;
  const hows = [
    ...namesOf(item, line.modifiers),
    ...(isEatenHere && line.seat !== null ? [say("seatShort", { seat: line.seat })] : []),
    ...(line.note === "" ? [] : [`“${line.note}”`]),
  ];
  return (
    <li className="jotted" data-off={isOff}>
      <button type="button" className="jotted__what" disabled={item === undefined} onClick={() => onOpen(line)}>
        <span className="jotted__name">{name}</span>
        {isOff && <strong className="jotted__off">{say("off")}</strong>}
        {hows.length > 0 && <span className="jotted__how">{hows.join(", ")}</span>}
        {menu !== null && (
          <span className="jotted__price">{money({ amount: amountOf(line, item), currency: menu.currency })}</span>
        )}
      </button>
      <button
        type="button"
        className="button"
        aria-label={say("less", { name })}
        onClick={() => onLine(line.key, { quantity: line.quantity - 1 })}
      >
        −
      </button>
      <span className="jotted__quantity" aria-label={say("quantity", { quantity: line.quantity })} role="img">
        {line.quantity}
      </span>
      <button
        type="button"
        className="button"
        aria-label={say("more", { name })}
        onClick={() => onLine(line.key, { quantity: line.quantity + 1 })}
      >
        +
      </button>
    </li>
  );
}
