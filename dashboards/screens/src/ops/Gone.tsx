/** The hubs that are not heard any more, for as long as somebody may wonder where they went. */

import { useWords } from "../house/language.ts";
import { nameOf, type Shown, timeToTheSecond } from "./shown.ts";
import { WORDS } from "./words.ts";

export function Gone({ watch, listed, names }: Pick<Shown, "watch" | "listed" | "names">) {
  const say = useWords(WORDS);
  const gone = watch.hubs.filter((one) => !listed.includes(one));
  if (gone.length === 0) return null;
  return (
    <ul className="gone" aria-label={say("gone")}>
      {gone.map(({ instance, heardAtMs, pulse }) => (
        <li key={instance}>
          {say(pulse.isStopping ? "gone.stopped" : "gone.silent", {
            name: nameOf(names, instance),
            time: timeToTheSecond(heardAtMs),
          })}
        </li>
      ))}
    </ul>
  );
}
