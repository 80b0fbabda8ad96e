/** The last refusals of all hubs: when, which code, and what was asked where. Who asked is nobody's business here. */

import { useWords } from "../house/language.ts";
import { refusalsOf } from "./house.ts";
import { nameOf, timeToTheSecond } from "./shown.ts";
import type { HubSeen } from "./watch.ts";
import { WORDS } from "./words.ts";

interface RefusalsProps {
  readonly there: readonly HubSeen[];
  readonly names: ReadonlyMap<string, string>;
}

export function Refusals({ there, names }: RefusalsProps) {
  const say = useWords(WORDS);
  const refusals = refusalsOf(there.map((one) => one.pulse));
  return (
    <section className="refusals panel" aria-labelledby="refusals">
      <h2 id="refusals">{say("refusals")}</h2>
      <p className="panel__norm">{say("refusals.norm")}</p>
      {refusals.length === 0 ? (
        <p>{say("refusals.none")}</p>
      ) : (
        <ol className="scroller scroller--low" aria-labelledby="refusals" tabIndex={0}>
          {refusals.map(({ at, code, asked, door, instance }, place) => (
            <li key={`${at} ${instance} ${place}`} className="refusal">
              <time dateTime={at}>{timeToTheSecond(Date.parse(at))}</time>
              <strong>
                <code>{code}</code>
              </strong>
              <code className="refusal__asked">{asked}</code>
              <small>{say(`refusals.where.${door}`, { name: nameOf(names, instance) })}</small>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
