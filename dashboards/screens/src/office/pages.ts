/** The pages of the office, each with what one must be allowed to, and the one that lies open, as the address has it. */

import { useCallback, useEffect, useState } from "react";

import type { Permission, Role } from "../hub/index.ts";
import { may } from "./jobs.ts";

/** One's account is everybody's own. */
const NEEDS = {
  people: "people:manage",
  keys: "keys:manage",
  tablets: "devices:manage",
  audit: "audit:read",
  account: null,
} as const satisfies Readonly<Record<string, Permission | null>>;

export type Page = keyof typeof NEEDS;

const PAGES: readonly Page[] = ["people", "keys", "tablets", "audit", "account"];

/** The pages for somebody with these roles. */
export function pagesFor(roles: readonly Role[]): readonly Page[] {
  return PAGES.filter((one) => {
    const needed = NEEDS[one];
    return needed === null || may(roles, needed);
  });
}

/** The page in an address, if it is one of these; else the first of them. */
export function pageOf(search: string, pages: readonly Page[]): Page {
  const wanted = new URLSearchParams(search).get("page");
  return pages.find((one) => one === wanted) ?? pages[0] ?? "account";
}

/** The page that lies open, followed when somebody goes back; and how to turn to another. */
export function usePage(pages: readonly Page[]): readonly [Page, (page: Page) => void] {
  const [search, setSearch] = useState(() => location.search);
  useEffect(() => {
    const went = (): void => setSearch(location.search);
    addEventListener("popstate", went);
    return () => removeEventListener("popstate", went);
  }, []);
  const turn = useCallback((page: Page) => {
    history.pushState(null, "", `${location.pathname}?page=${page}`);
    setSearch(location.search);
  }, []);
  return [pageOf(search, pages), turn];
}
