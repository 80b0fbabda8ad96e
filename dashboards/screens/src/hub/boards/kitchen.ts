/**
 * The kitchen's boards: a station's tickets, and the pass, which sees the tickets of all stations.
 *
 * A ticket is on them from being fired until it is served, or voided and cleared away, and as long as a line of it is
 * disputed; one that was backed up is on two stations' boards. Not its business: what a ticket may do, which is the
 * hub's table, and courses that are still held.
 */

import {
  type Entry,
  type LineMoved,
  type LineVoided,
  type PassBoard,
  type Station,
  type StationBackupSet,
  type StationBoard,
  type TicketBackedUp,
  type TicketCard,
  type TicketFired,
  TICKETS_GONE,
  type TicketLine,
  TICKETS_OPEN,
  type VoidCrossed,
  type VoidDecided,
  type Wanted,
} from "../wire.ts";
import { houseNews } from "./house.ts";
import { changed, eachChanged, kept, without } from "./sharing.ts";
import { sorted } from "./sorting.ts";
import { allMoved, inOrder, isTicketNews, isVoidNews, progress, type TicketNews, type VoidNews } from "./tickets.ts";

/** What both boards have. */
type Kitchen = Pick<StationBoard & PassBoard, "tickets" | "allDay">;

export function applyToStation(board: StationBoard, entry: Entry): StationBoard {
  if (entry.event === "station_backup_set") return changed(board, { station: withBackup(board.station, entry) });
  return changed(board, kitchenNews(board, entry));
}

export function applyToPass(board: PassBoard, entry: Entry): PassBoard {
  if (entry.event === "station_added") {
    const { stationId, stationName: name } = entry;
    const added = { stationId, name, backupStationId: null };
    return changed(board, { stations: sorted([...board.stations, added], (one) => one.stationId) });
  }
  if (entry.event === "station_backup_set") {
    return changed(board, { stations: eachChanged(board.stations, (one) => withBackup(one, entry)) });
  }
  return changed(board, { ...kitchenNews(board, entry), ...houseNews(board, entry) });
}

function withBackup(station: Station, { stationId, backupStationId }: StationBackupSet): Station {
  return station.stationId === stationId ? changed(station, { backupStationId }) : station;
}

function kitchenNews(board: Kitchen, entry: Entry): Partial<Kitchen> {
  const tickets = cardsAfter(board.tickets, entry);
  return tickets === board.tickets ? {} : { tickets, allDay: allDay(tickets, board.allDay) };
}

/** What these tickets still want cooked, by name. An item is called what its latest ticket calls it. */
export function allDay(cards: readonly TicketCard[], before: readonly Wanted[]): readonly Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const card of cards) {
    if (!TICKETS_OPEN.has(card.status)) continue;
    for (const { itemId, name, quantity, isVoided } of card.lines) {
      if (!isVoided) wanted.set(itemId, { itemId, name, quantity: (wanted.get(itemId)?.quantity ?? 0) + quantity });
    }
  }
  const listed = sorted(
    [...wanted.values()],
    (one) => one.name,
    (one) => one.itemId,
  );
  return kept(before, listed, (one) => one.itemId);
}

function cardsAfter(cards: readonly TicketCard[], entry: Entry): readonly TicketCard[] {
  if (entry.event === "ticket_fired") return inOrder([...cards, hung(entry, { firedAt: entry.timestamp })]);
  if (entry.event === "ticket_backed_up" && !cards.some((one) => one.ticketId === entry.ticketId)) {
    const { firedAt, isRushed } = entry;
    return inOrder([...cards, hung(entry, { firedAt, isRushed })]);
  }
  if (isVoidNews(entry)) return withVoid(cards, entry);
  if (entry.event === "line_voided") return eachChanged(cards, (one) => withLineVoided(one, entry));
  if (entry.event === "line_moved") return eachChanged(cards, (one) => withLineReseated(one, entry));
  return isTicketNews(entry) ? moved(cards, entry) : cards;
}

function moved(cards: readonly TicketCard[], news: TicketNews): readonly TicketCard[] {
  const after = without(allMoved(cards, news), (one) => !hangs(one));
  if (news.event !== "ticket_voided") return after;
  return eachChanged(after, (one) => (one.ticketId === news.ticketId ? allVoided(one) : one));
}

function hangs(card: TicketCard): boolean {
  return !TICKETS_GONE.has(card.status) || card.lines.some((one) => one.isDisputed);
}

/** The whole card is told, wherever it hangs and whether it hung there before. */
function withVoid(cards: readonly TicketCard[], news: VoidNews): readonly TicketCard[] {
  const told = hung(news, progress(news));
  const before = cards.find((one) => one.ticketId === news.ticketId);
  const card = before === undefined ? told : changed(before, { ...told, lines: linesAsTold(before.lines, told.lines) });
  const others = without(cards, (one) => one.ticketId === news.ticketId);
  return hangs(card) ? inOrder([...others, card]) : others;
}

function linesAsTold(before: readonly TicketLine[], told: readonly TicketLine[]): readonly TicketLine[] {
  const known = new Map(before.map((line) => [line.lineId, line]));
  return told.map((line) => changed(known.get(line.lineId) ?? line, line));
}

function hung(
  entry: TicketFired | TicketBackedUp | VoidCrossed | VoidDecided,
  told: Pick<TicketCard, "firedAt"> & Partial<TicketCard>,
): TicketCard {
  return {
    ticketId: entry.ticketId,
    stationId: entry.stationId,
    course: entry.course,
    status: "fired",
    isRushed: false,
    startedAt: null,
    bumpedAt: null,
    backupStationId: entry.backupStationId,
    orderId: entry.orderId,
    number: entry.number,
    kind: entry.kind,
    tableId: entry.tableId,
    tableName: entry.tableName,
    customerName: entry.customerName,
    stationName: entry.stationName,
    recalls: 0,
    lines: entry.lines,
    ...told,
  };
}

function withLineVoided(card: TicketCard, { ticketId, lineId }: LineVoided): TicketCard {
  if (card.ticketId !== ticketId) return card;
  const lines = eachChanged(card.lines, (one) => (one.lineId === lineId ? changed(one, { isVoided: true }) : one));
  return changed(card, { lines });
}

function withLineReseated(card: TicketCard, { ticketId, lineId, seat }: LineMoved): TicketCard {
  if (card.ticketId !== ticketId) return card;
  const lines = eachChanged(card.lines, (one) => (one.lineId === lineId ? changed(one, { seat }) : one));
  return changed(card, { lines });
}

/** A cancelled order voids whole tickets, without a word about their lines. */
function allVoided(card: TicketCard): TicketCard {
  return changed(card, {
    lines: eachChanged(card.lines, (one) => changed(one, { isVoided: true, isDisputed: false })),
  });
}
