/**
 * What a waiter carries: the plan of the house, what needs somebody, and everything that is done for a table.
 *
 * Not its business: cooking, the plan's furniture, and what guests see on their own telephones.
 */

import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";

import { asking } from "../house/api.ts";
import { Glass } from "../house/Age.tsx";
import { useAhead, useFreshness, useRoom } from "../house/Connected.tsx";
import { useWords } from "../house/language.ts";
import { NoJob } from "../house/NoJob.tsx";
import { Screen } from "../house/Screen.tsx";
import { FLOOR_STAFF, restaurantsOf, type Shift } from "../house/shift.ts";
import { TopBar } from "../house/TopBar.tsx";
import { useOwnLooks } from "../house/useOwnLooks.ts";
import { WORDS as HOUSE_WORDS } from "../house/words.ts";
import { type FloorTable, type Houses, showRestaurantsMine, type WaitersBoard } from "../hub/wire.ts";
import { ahead } from "./ahead.ts";
import { attention, ofTables, platesByTable, tablesWaiting, type Wished } from "./attention.ts";
import { AttentionStrip } from "./AttentionStrip.tsx";
import { menuNow } from "./choices.ts";
import { type Floor, FloorProvider } from "./floor.ts";
import { ordersAt, ordersElsewhere } from "./place.ts";
import { PlanView } from "./PlanView.tsx";
import { type Pads, usePads } from "./pads.ts";
import { FLOOR, floorRoom, menuEdition } from "./room.ts";
import { SectionChoice, useMySection } from "./SectionChoice.tsx";
import { type Sheet, Sheets } from "./Sheets.tsx";
import { useLateNo } from "./useLateNo.ts";
import { useMenu } from "./useMenu.ts";
import { useWishes } from "./useWishes.ts";
import { WORDS } from "./words.ts";

export function FloorScreen() {
  const say = useWords(WORDS);
  return (
    <Screen name="floor" title={say("title")} staff={FLOOR_STAFF}>
      {({ shift, signOut }) => <AtWork shift={shift} onSignOut={signOut} />}
    </Screen>
  );
}

interface AtWorkProps {
  readonly shift: Shift;
  readonly onSignOut: () => void;
}

function AtWork({ shift, onSignOut }: AtWorkProps) {
  const restaurants = restaurantsOf(shift, FLOOR_STAFF);
  const [chosen, setChosen] = useState<string | undefined>(restaurants[0]);
  // Of every house, for what was sent in one may be refused while another is looked at.
  useOwnLooks();
  const pads = usePads(shift.userId);
  useLateNo(pads);
  if (chosen === undefined) return <NoJob shift={shift} onSignOut={onSignOut} />;
  const choice =
    restaurants.length > 1 ? <HouseChoice token={shift.accessToken} chosen={chosen} onChoose={setChosen} /> : null;
  return (
    <OpenFloor key={chosen} restaurantId={chosen} shift={shift} pads={pads} onSignOut={onSignOut}>
      {choice}
    </OpenFloor>
  );
}

interface HouseChoiceProps {
  readonly token: string;
  readonly chosen: string;
  readonly onChoose: (restaurantId: string) => void;
}

/** For somebody who works in more than one house. */
function HouseChoice({ token, chosen, onChoose }: HouseChoiceProps) {
  const say = useWords(WORDS);
  const [houses, setHouses] = useState<Houses["items"]>([]);
  useEffect(() => {
    showRestaurantsMine(asking(token)).then(
      (answer) => setHouses(answer.items),
      () => undefined,
    );
  }, [token]);
  return (
    <label>
      <span className="unseen">{say("restaurant")}</span>
      <select value={chosen} onChange={(event) => onChoose(event.target.value)}>
        {houses.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    </label>
  );
}

interface OpenFloorProps extends AtWorkProps {
  readonly restaurantId: string;
  readonly pads: Pads;
  readonly children: ReactNode;
}

function OpenFloor({ restaurantId, shift, pads, onSignOut, children }: OpenFloorProps) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  const room = useRoom<WaitersBoard>(floorRoom(restaurantId), FLOOR);
  const freshness = useFreshness(room);
  const floor = useFloorOf(restaurantId, shift, room.board);
  const [mySection, chooseSection] = useMySection(restaurantId);
  const [sheet, setSheet] = useState<Sheet>(null);
  const board = useAheadOf(room.board);
  const wished = useWishes(board?.orders, pads);
  const elsewhere = board === null ? [] : ordersElsewhere(board);
  const openTable = useOpening(board, setSheet);
  const openOrder = useCallback((orderId: string) => setSheet({ kind: "order", orderId }), []);
  return (
    <FloorProvider value={floor}>
      <TopBar title={say("title")} freshness={freshness} person={shift.name} onSignOut={onSignOut}>
        {children}
        {board !== null && <SectionChoice board={board} chosen={mySection} onChoose={chooseSection} />}
        <button type="button" className="button floor__elsewhere" onClick={() => setSheet({ kind: "elsewhere" })}>
          {say("elsewhere.open", { count: elsewhere.length })}
        </button>
      </TopBar>
      <main className="floor">
        {room.refusal !== null && (
          <p className="trouble" role="alert">
            {room.refusal.message}
          </p>
        )}
        <Glass freshness={freshness}>
          {board === null ? (
            <p className="floor__opening">
              {freshness.state === "unanswered" ? sayHouse("fresh.unanswered") : say("opening")}
            </p>
          ) : (
            <Tables board={board} wished={wished} mySection={mySection} onTable={openTable} onOrder={openOrder} />
          )}
        </Glass>
      </main>
      {board !== null && <Sheets board={board} pads={pads} sheet={sheet} onSheet={setSheet} />}
    </FloorProvider>
  );
}

/** The board with what was served and waits to be sent; the same for as long as neither changes. */
function useAheadOf(board: WaitersBoard | null): WaitersBoard | null {
  const asked = useAhead();
  return useMemo(() => (board === null ? null : ahead(board, asked)), [board, asked]);
}

/** A party that was just seated wants to order; any other table is looked at first. */
function useOpening(board: WaitersBoard | null, setSheet: (sheet: Sheet) => void): (tableId: string) => void {
  return useCallback(
    (tableId) => {
      const table = board?.tables.find((one) => one.tableId === tableId);
      if (board === null || table === undefined) return;
      const wantsToOrder = table.status === "seated" && ordersAt(board.orders, table).length === 0;
      setSheet(wantsToOrder ? { kind: "taking", place: { kind: "dine_in", tableId } } : { kind: "table", tableId });
    },
    [board?.tables, board?.orders],
  );
}

function useFloorOf(restaurantId: string, shift: Shift, board: WaitersBoard | null): Floor {
  const token = shift.accessToken;
  const { menu, stationNames } = useMenu(restaurantId, token, board === null ? 0 : menuEdition(board));
  const { eightySixed, portions } = board ?? {};
  return useMemo(() => {
    const now = menu === null || !eightySixed || !portions ? menu : menuNow(menu, { eightySixed, portions });
    const items = new Map((now?.sections ?? []).flatMap((section) => section.items).map((item) => [item.id, item]));
    return { restaurantId, token, roles: shift.roles[restaurantId] ?? [], menu: now, items, stationNames };
  }, [restaurantId, token, shift, menu, stationNames, eightySixed, portions]);
}

// What is seen

interface TablesProps {
  readonly board: WaitersBoard;
  readonly wished: readonly Wished[];
  readonly mySection: string | null;
  readonly onTable: (tableId: string) => void;
  readonly onOrder: (orderId: string) => void;
}

function Tables({ board, wished, mySection, onTable, onOrder }: TablesProps) {
  const { tables: everyTable, sections } = board;
  const tables = useMemo(() => inSection(everyTable, mySection), [everyTable, mySection]);
  const all = useMemo(() => {
    return ofTables(attention(board, wished), new Set(tables.map((one) => one.tableId)));
  }, [board.orders, board.alerts, wished, tables]);
  const plates = useMemo(() => platesByTable(all), [all]);
  const waiting = useMemo(() => tablesWaiting(all), [all]);
  return (
    <div className="floor__tables">
      <AttentionStrip all={all} tables={everyTable} onTable={onTable} onOrder={onOrder} />
      <PlanView tables={tables} sections={sections} plates={plates} waiting={waiting} onOpen={onTable} />
    </div>
  );
}

/** The tables of a section; of all, where it is not known any more. */
function inSection(tables: readonly FloorTable[], sectionId: string | null): readonly FloorTable[] {
  const mine = tables.filter((one) => one.sectionId === sectionId);
  return mine.length === 0 ? tables : mine;
}
