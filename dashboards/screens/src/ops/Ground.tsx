/** What all hubs stand on, in words: Redis, which may be away, and the database, which may not. */

import { useWords } from "../house/language.ts";
import { databaseOf, redisOf } from "./verdict.ts";
import type { HubSeen } from "./watch.ts";
import { WORDS } from "./words.ts";

interface GroundProps {
  readonly there: readonly HubSeen[];
}

export function Ground({ there }: GroundProps) {
  const say = useWords(WORDS);
  if (there.length === 0) return null;
  const redis = redisOf(there);
  const database = databaseOf(there);
  return (
    <dl className="ground" aria-label={say("ground")}>
      <div data-level={redis.level}>
        <dt>{say("redis")}</dt>
        <dd>
          {say(`redis.${redis.level}`)} {redis.why !== null && <span>{say("redis.why", { why: redis.why })}</span>}
        </dd>
      </div>
      <div data-level={database.level}>
        <dt>{say("database")}</dt>
        <dd>{say(`database.${database.level}`, { count: there.length })}</dd>
      </div>
    </dl>
  );
}
