/**
 * The menu for a kitchen's screen: read once, and again when the pass names an item that it does not know.
 *
 * Not its business: what a kitchen needs of it (`menu.ts`).
 */

import { useEffect, useState } from "react";

import { asking } from "../house/api.ts";
import { useMemory } from "../house/Connected.tsx";
import { type Menu, showMenusWhole } from "../hub/index.ts";
import { isKnown, type Stock } from "./menu.ts";
import { keepReading } from "./reading.ts";

const TRY_AGAIN_MS = 5_000;

/** The menu; null until it was read. While the hub cannot be reached it is the last one that this device has read. */
export function useMenu(restaurantId: string, token: string, stock: Stock): Menu | null {
  const [menu, setMenu] = useState<Menu | null>(null);
  const isWhole = menu !== null && isKnown(menu, stock);
  const memory = useMemory();
  useEffect(() => {
    if (isWhole) return;
    const kept = `names:${restaurantId}`;
    const recall = async (): Promise<void> => {
      const last = await memory.recall(kept);
      // Kept below, by these very screens.
      if (last !== null) setMenu((now) => now ?? (last.what as Menu));
    };
    return keepReading({
      read: () => showMenusWhole(asking(token), restaurantId),
      onRead: (read) => {
        setMenu(read);
        memory.remember(kept, { what: read, atMs: Date.now() }).catch(() => undefined);
      },
      onDelay: () => void recall().catch(() => undefined),
      tryAgainMs: TRY_AGAIN_MS,
    });
    // Read again when the pass names what is not on it, and once for each such news.
  }, [restaurantId, token, isWhole, stock, memory]);
  return menu;
}
