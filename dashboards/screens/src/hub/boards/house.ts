/**
 * What the pass and the floor both have on their boards: who waits too long, what is off, and what is running out.
 *
 * Not its business: tickets, tables and orders, which each of the two boards shows in its own way.
 */

import type { Alert, AlertRaised, Entry, PassBoard, Place, WaitersBoard } from "../wire.ts";
import { without } from "./sharing.ts";
import { sorted, sortedByName } from "./sorting.ts";

/** What both boards have. */
export type HouseBoard = Pick<PassBoard & WaitersBoard, "alerts" | "eightySixed" | "portions">;

/** What an entry about alerts or the menu changes on either board; of any other, nothing. */
export function houseNews(board: HouseBoard, entry: Entry): Partial<HouseBoard> {
  switch (entry.event) {
    case "alert_raised":
      return { alerts: inOrder([...board.alerts, raised(entry)]) };
    case "alert_cleared":
      return { alerts: without(board.alerts, (one) => one.alertId === entry.alertId) };
    case "item_added":
    case "item_changed": {
      const { id, available, portionsLeft } = entry.item;
      return { ...off(board, id, !available), ...counted(board, id, portionsLeft) };
    }
    case "item_removed":
      return { ...off(board, entry.itemId, false), ...counted(board, entry.itemId, null) };
    case "item_eighty_sixed":
      return off(board, entry.itemId, true);
    case "item_restored":
      return off(board, entry.itemId, false);
    case "portions_changed":
      return counted(board, entry.itemId, entry.portionsLeft);
    default:
      return {};
  }
}

function raised({ alertId, kind, ticketId, orderId, stationId, tableId, timestamp }: AlertRaised & Place): Alert {
  return { alertId, kind, ticketId, orderId, stationId, tableId, raisedAt: timestamp };
}

/** Who has waited longest comes first. */
function inOrder(alerts: readonly Alert[]): readonly Alert[] {
  return sorted(
    alerts,
    (one) => one.raisedAt,
    (one) => one.alertId,
  );
}

function off(board: HouseBoard, itemId: string, isOff: boolean): Partial<HouseBoard> {
  const others = without(board.eightySixed, (one) => one === itemId);
  return { eightySixed: isOff ? sorted([...others, itemId], (one) => one) : others };
}

function counted(board: HouseBoard, itemId: string, portionsLeft: number | null): Partial<HouseBoard> {
  const { [itemId]: _before, ...others } = board.portions;
  return { portions: portionsLeft === null ? others : sortedByName({ ...others, [itemId]: portionsLeft }) };
}
