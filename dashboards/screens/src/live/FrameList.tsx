/** What came and went, the latest first; what each carries unfolds. */

import { useState } from "react";

import { type Frame, type Way, withoutBeats } from "./frames.ts";

const SIGNS: Readonly<Record<Way, string>> = { said: "→", answered: "←", heard: "•", line: "—" };
const WORDS: Readonly<Record<Way, string>> = { said: "said", answered: "answered", heard: "heard", line: "the line" };
const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

interface FrameListProps {
  readonly frames: readonly Frame[];
  readonly onClear: () => void;
}

export function FrameList({ frames, onClear }: FrameListProps) {
  const [hasBeats, setBeats] = useState(false);
  const shown = hasBeats ? frames : withoutBeats(frames);
  return (
    <>
      <div className="live__row">
        <label className="live__check">
          <input type="checkbox" checked={hasBeats} onChange={(event) => setBeats(event.target.checked)} />
          Beats, too
        </label>
        <button type="button" className="button" onClick={onClear}>
          Clear
        </button>
      </div>
      {shown.length === 0 && <p className="live__soft">Nothing yet.</p>}
      <ol className="live__frames">
        {shown.map((one) => (
          <li key={one.number}>
            <OneFrame frame={one} />
          </li>
        ))}
      </ol>
    </>
  );
}

function OneFrame({ frame }: { readonly frame: Frame }) {
  const { way, name, body, atMs } = frame;
  const [isOpen, setOpen] = useState(way === "answered");
  return (
    <details className={`live__frame live__frame--${way}`} open={isOpen}>
      <summary
        onClick={(event) => {
          event.preventDefault();
          setOpen(!isOpen);
        }}
      >
        <span aria-hidden="true">{SIGNS[way]}</span>
        <span className="unseen">{WORDS[way]}</span>
        <code>{name}</code>
        <time>{TIME.format(atMs)}</time>
      </summary>
      {/* Text that nobody looks at is not made: boards are long. */}
      {isOpen && <pre>{JSON.stringify(body, null, 2)}</pre>}
    </details>
  );
}
