/** Which section of the floor is mine: chosen once, and remembered on this device. */

import { useState } from "react";

import { useWords } from "../house/language.ts";
import type { WaitersBoard } from "../hub/wire.ts";
import { WORDS } from "./words.ts";
import { local } from "../house/storage.ts";

/** The chosen section and how to choose another; null is the whole floor. */
export function useMySection(restaurantId: string): readonly [string | null, (sectionId: string | null) => void] {
  const key = `brigade.floor.section.${restaurantId}`;
  const [section, setSection] = useState(() => local.getItem(key));
  const choose = (sectionId: string | null): void => {
    if (sectionId === null) local.removeItem(key);
    else local.setItem(key, sectionId);
    setSection(sectionId);
  };
  return [section, choose];
}

interface SectionChoiceProps {
  readonly board: WaitersBoard;
  readonly chosen: string | null;
  readonly onChoose: (sectionId: string | null) => void;
}

export function SectionChoice({ board, chosen, onChoose }: SectionChoiceProps) {
  const say = useWords(WORDS);
  const sections = board.sections.filter((one) => board.tables.some((table) => table.sectionId === one.sectionId));
  if (sections.length < 2) return null;
  const all = { sectionId: null, name: say("section.all") };
  return (
    <div className="chips" role="group" aria-label={say("section.mine")}>
      {[all, ...sections].map(({ sectionId, name }) => (
        <button
          key={sectionId ?? "all"}
          type="button"
          className="chip"
          aria-pressed={chosen === sectionId}
          onClick={() => onChoose(sectionId)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
