/** What lies over the plan: one sheet at a time. Not its business: what stands on each of them. */

import type { WaitersBoard } from "../hub/wire.ts";
import { Elsewhere } from "./Elsewhere.tsx";
import { OrderSheet } from "./OrderSheet.tsx";
import type { Pads } from "./pads.ts";
import { ordersAt, ordersElsewhere, type Place } from "./place.ts";
import { TableSheet } from "./TableSheet.tsx";
import { Taking } from "./Taking.tsx";

export type Sheet =
  | { readonly kind: "table"; readonly tableId: string }
  | { readonly kind: "taking"; readonly place: Place }
  | { readonly kind: "elsewhere" }
  | { readonly kind: "order"; readonly orderId: string }
  | null;

interface SheetsProps {
  readonly board: WaitersBoard;
  readonly pads: Pads;
  readonly sheet: Sheet;
  readonly onSheet: (sheet: Sheet) => void;
}

export function Sheets({ board, pads, sheet, onSheet }: SheetsProps) {
  const close = (): void => onSheet(null);
  const take = (place: Place): void => onSheet({ kind: "taking", place });
  const openTable = (tableId: string): void => onSheet({ kind: "table", tableId });
  switch (sheet?.kind) {
    case "table": {
      const table = board.tables.find((one) => one.tableId === sheet.tableId);
      if (table === undefined) return null;
      const orders = ordersAt(board.orders, table);
      return (
        <TableSheet
          key={table.tableId}
          table={table}
          orders={orders}
          elsewhere={board.orders.filter((one) => one.kind === "dine_in" && !orders.includes(one))}
          onTake={() => take({ kind: "dine_in", tableId: table.tableId })}
          onClose={close}
        />
      );
    }
    case "taking":
      return <Taking board={board} place={sheet.place} pads={pads} onTable={openTable} onClose={close} />;
    case "elsewhere":
      return (
        <Elsewhere
          orders={ordersElsewhere(board)}
          onOrder={(orderId) => onSheet({ kind: "order", orderId })}
          onTake={(kind) => take({ kind })}
          onClose={close}
        />
      );
    case "order": {
      const order = board.orders.find((one) => one.orderId === sheet.orderId);
      return order === undefined ? null : <OrderSheet order={order} onClose={close} />;
    }
    default:
      return null;
  }
}
