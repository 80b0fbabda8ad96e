/** What somebody with a job may do, in one sentence, from the hub's own table. */

import { listed, useWords } from "../house/language.ts";
import { WORDS as HOUSE_WORDS } from "../house/words.ts";
import { type Job, mayDo } from "./jobs.ts";
import { WORDS } from "./words.ts";

export function JobSentence({ job }: { readonly job: Job }) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const { allOf, besides } = mayDo(job);
  const roles = listed(allOf.map((one) => sayHouse(`role.${one}`)));
  const all = allOf.length === 0 ? [] : [say("may.allOf", { count: allOf.length, roles })];
  return <>{say("may", { what: listed([...all, ...besides.map((one) => say(`may.${one}`))]) })}</>;
}
