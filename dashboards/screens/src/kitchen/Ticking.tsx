/** What counts on a card, and nothing else of it: forty cards tick every second, and their lines stay as they are. */

import { type CSSProperties, memo, type ReactNode } from "react";

import { useAgeSeconds } from "../house/Connected.tsx";
import { stopwatch, useWords } from "../house/language.ts";
import { type Lateness, lateness } from "./cards.ts";
import { WORDS } from "./words.ts";

interface HeadProps {
  readonly since: string;
  readonly expectedSeconds: number | null;
  readonly title: ReactNode;
  readonly facts: ReactNode;
  /** Where lateness means nothing any more: it is void, or ready. */
  readonly plain?: "voided" | "ready" | undefined;
}

/** A card's head, whose colour, shape and word say how late it is. */
export const Head = memo(function Head({ since, expectedSeconds, title, facts, plain }: HeadProps) {
  const ageSeconds = useAgeSeconds()(since);
  const state = plain ?? lateness(ageSeconds, expectedSeconds);
  const age = stopwatch(ageSeconds);
  // As wide as its digits, so that a tick lays out these few figures anew and not the whole rail.
  const style: CSSProperties & Record<"--figures", number> = { "--figures": age.length };
  return (
    <header className="head" data-state={state}>
      {title}
      <time className="head__age" style={style} dateTime={`PT${Math.floor(ageSeconds)}S`}>
        {age}
      </time>
      <p className="head__facts">
        {facts}
        <HowLate state={state} />
      </p>
    </header>
  );
});

function HowLate({ state }: { readonly state: Lateness | "voided" | "ready" }) {
  const say = useWords(WORDS);
  if (state !== "soon" && state !== "late") return null;
  return <strong className={`head__late head__late--${state}`}>{say(`late.${state}`)}</strong>;
}

/** How long ago a moment was, as a stopwatch. */
export function Since({ at }: { readonly at: string }) {
  return <>{stopwatch(useAgeSeconds()(at))}</>;
}
