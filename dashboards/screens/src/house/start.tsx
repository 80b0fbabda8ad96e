/** Putting a screen on the page. */

import "./house.css";

import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { language } from "./language.ts";
import { Safe } from "./Safe.tsx";

/** Show this, in this theme, from now on. */
export function start(screen: ReactNode, theme: "dark" | "light" | "night"): void {
  document.documentElement.dataset.theme = theme;
  document.documentElement.lang = language();
  const root = document.getElementById("root");
  if (root !== null)
    createRoot(root).render(
      <StrictMode>
        <Safe>{screen}</Safe>
      </StrictMode>,
    );
}
