/**
 * The menu on one page, so that no tap is spent on turning it: sections to jump to, big items, and a forgiving search.
 *
 * Whatever is typed anywhere goes into the search, and Enter adds the first that is found. Not its business: the pad.
 */

import { memo, type RefObject, useCallback, useEffect, useRef, useState } from "react";

import { money, useWords } from "../house/language.ts";
import type { Menu, MenuItem, MenuSection } from "../hub/wire.ts";
import { leftOf, mustChoose } from "./choices.ts";
import { found } from "./find.ts";
import { type Pad, quantityOf } from "./pad.ts";
import { WORDS } from "./words.ts";

interface MenuPageProps {
  readonly menu: Menu | null;
  readonly pad: Pad;
  readonly onTap: (item: MenuItem) => void;
  readonly onChoose: (item: MenuItem) => void;
}

export function MenuPage({ menu, pad, onTap, onChoose }: MenuPageProps) {
  const say = useWords(WORDS);
  const [typed, setTyped] = useState("");
  const search = useRef<HTMLInputElement>(null);
  const page = useRef<HTMLDivElement>(null);
  useTypingAnywhere(search);
  const tap = useLatest((item: MenuItem) => {
    setTyped("");
    onTap(item);
  });
  const choose = useLatest(onChoose);
  const all = (menu?.sections ?? []).flatMap((section) => section.items);
  const hits = typed.trim() === "" ? null : found(all, typed);
  const first = hits?.find((item) => leftOf(item, quantityOf(pad, item.id)) !== 0);
  return (
    <div className="menu">
      <div className="menu__tools">
        <form
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            if (first !== undefined) tap(first);
          }}
        >
          <input
            ref={search}
            type="search"
            aria-label={say("search")}
            placeholder={say("search")}
            value={typed}
            autoComplete="off"
            enterKeyHint="done"
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Escape" || typed === "") return;
              // The first Escape is for what was typed, the next for the order.
              event.preventDefault();
              setTyped("");
            }}
          />
        </form>
        <nav className="menu__jumps" aria-label={say("menuSections")}>
          {menu?.sections.map((section) => (
            <button key={section.id} type="button" className="chip" onClick={() => jump(page.current, section.id)}>
              {section.name}
            </button>
          ))}
        </nav>
      </div>
      <div className="menu__page" ref={page}>
        {menu === null && <p role="status">{say("menuOpening")}</p>}
        {hits === null ? (
          menu?.sections.map((section) => (
            <Section key={section.id} section={section} pad={pad} onTap={tap} onChoose={choose} />
          ))
        ) : (
          <Section
            section={{ id: "found", name: say("found", { count: hits.length }), items: hits }}
            pad={pad}
            onTap={tap}
            onChoose={choose}
          />
        )}
      </div>
    </div>
  );
}

/** The same function for as long as this is on the screen, and it does what the latest one would. */
function useLatest<A>(what: (about: A) => void): (about: A) => void {
  const latest = useRef(what);
  latest.current = what;
  return useCallback((about: A) => latest.current(about), []);
}

function jump(page: HTMLElement | null, sectionId: string): void {
  page?.querySelector(`[data-section="${CSS.escape(sectionId)}"]`)?.scrollIntoView({ block: "start" });
}

/** A letter typed at nothing in particular is typed into the search, unless another dialog is on top. */
function useTypingAnywhere(search: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const typed = (event: KeyboardEvent): void => {
      const { target, key } = event;
      if (key.length !== 1 || key === " " || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!(target instanceof Element) || target.matches("input, select, textarea")) return;
      const [at, ours] = [target.closest("dialog"), search.current?.closest("dialog")];
      if (at === ours || (at === null && document.querySelectorAll("dialog[open]").length === 1))
        search.current?.focus();
    };
    document.addEventListener("keydown", typed);
    return () => document.removeEventListener("keydown", typed);
  }, [search]);
}

interface SectionProps extends Pick<MenuPageProps, "pad" | "onTap" | "onChoose"> {
  readonly section: MenuSection;
}

function Section({ section, pad, onTap, onChoose }: SectionProps) {
  return (
    <section className="menu__section" aria-label={section.name} data-section={section.id}>
      <h3>{section.name}</h3>
      <ul>
        {section.items.map((item) => (
          <li key={item.id} className="dish">
            <Dish item={item} onPad={quantityOf(pad, item.id)} onTap={onTap} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface DishProps extends Pick<MenuPageProps, "onTap" | "onChoose"> {
  readonly item: MenuItem;
  readonly onPad: number;
}

const Dish = memo(function Dish({ item, onPad, onTap, onChoose }: DishProps) {
  const say = useWords(WORDS);
  const left = leftOf(item, onPad);
  const isOff = left === 0;
  return (
    <>
      <button
        type="button"
        className="dish__add"
        data-off={isOff}
        disabled={isOff}
        onClick={() => onTap(item)}
        onContextMenu={(event) => {
          event.preventDefault();
          onChoose(item);
        }}
      >
        <span className="dish__name">{item.name}</span>
        <span className="dish__facts">
          <span>
            {money(item.price)}
            {mustChoose(item) && <span aria-hidden="true"> ▸</span>}
          </span>
          {!item.available && <strong className="dish__off">{say("off")}</strong>}
          {item.available && left !== null && <strong className="dish__left">{say("left", { left })}</strong>}
        </span>
        {onPad > 0 && (
          <span className="dish__count">
            {onPad}
            <span className="unseen"> {say("onPad")}</span>
          </span>
        )}
      </button>
      <button
        type="button"
        className="dish__more"
        aria-label={say("dishMore", { name: item.name })}
        disabled={isOff}
        onClick={() => onChoose(item)}
      >
        …
      </button>
    </>
  );
});
