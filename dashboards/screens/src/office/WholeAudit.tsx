/** Whether what stands in the audit is as it was written: found out some entries at a time, until all were looked at. */

import { useEffect, useState } from "react";

import { useWords } from "../house/language.ts";
import { useLook } from "../house/looking.ts";
import type { Wholeness } from "../hub/index.ts";
import { WORDS } from "./words.ts";

export function WholeAudit({ restaurantId }: { readonly restaurantId: string }) {
  const say = useWords(WORDS);
  const [after, setAfter] = useState(0);
  const { seen } = useLook<Wholeness>(`/restaurants/${restaurantId}/audit/wholeness?after=${after}`);
  useEffect(() => {
    if (seen !== null && seen.isWhole === null) setAfter(seen.upTo);
  }, [seen]);
  if (seen === null || seen.isWhole === null) return <p>{say("audit.isLookedAt")}</p>;
  if (!seen.isWhole) return <p role="alert">{say("audit.isBroken", { at: seen.brokenAt ?? 0 })}</p>;
  return <p>{say("audit.isWhole", { count: seen.entries })}</p>;
}
