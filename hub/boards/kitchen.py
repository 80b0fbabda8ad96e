"""The kitchen's boards: a station's tickets, and the pass, which sees the tickets of all stations.

A ticket is on them from being fired until it is served, or voided and cleared away; a bumped one stays, so that it
can be recalled, and one with a disputed line until somebody decided. One that was backed up is on two stations' boards,
and stays on both until then. Not their business: what a ticket may do (`hub.domain.tickets`), and courses that are
still held.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from pydantic import TypeAdapter

from hub.audience import Room, restaurant_scope
from hub.boards import house, tickets
from hub.boards.board import Admission, Board, BoardKind, must_have_job, no_such_room, read, staff_at_sight, subject
from hub.boards.house import HouseBoard
from hub.domain.lines import Line, ticket_line
from hub.domain.tickets import GONE, OPEN
from hub.events import Event
from hub.events.event import Shape
from hub.events.menu import MenuSectionAdded, StationAdded, StationBackupSet
from hub.events.orders import LineMoved, LineVoided, OrderKind
from hub.events.tickets import (
    CardEvent,
    ShownTicket,
    TicketBackedUp,
    TicketEvent,
    TicketFired,
    TicketLine,
    TicketStatus,
    TicketVoided,
    VoidEvent,
)
from hub.ids import ItemId, OrderId, RestaurantId, StationId, TableId
from hub.people import Actor
from hub.rights import Permission
from hub.store.database import connection


class CardHead(ShownTicket):
    """What is written above a card's lines. `stationName` is whose ticket it is, wherever else it hangs."""

    order_id: OrderId
    number: int
    kind: OrderKind
    table_id: TableId | None
    table_name: str | None
    customer_name: str | None
    station_name: str


class TicketCard(CardHead):
    """One ticket as it hangs in the kitchen."""

    lines: tuple[TicketLine, ...]


class Wanted(Shape):
    """All day: how many of an item are still to be cooked, over all tickets."""

    item_id: ItemId
    name: str
    quantity: int


class Station(Shape):
    """A station, and the one that shows its tickets as well when its own screen does not."""

    station_id: StationId
    name: str
    backup_station_id: StationId | None


class StationBoard(Board):
    """One station's screen."""

    restaurant_id: RestaurantId
    station: Station
    tickets: tuple[TicketCard, ...] = ()
    all_day: tuple[Wanted, ...] = ()


class PassBoard(HouseBoard):
    """The expo's screen: all stations, and what the floor knows too."""

    stations: tuple[Station, ...] = ()
    tickets: tuple[TicketCard, ...] = ()
    all_day: tuple[Wanted, ...] = ()


# ---------------------------------------------------------------------- who may enter


async def admit_to_pass(room: Room, by: Actor) -> Admission:
    """Cooks, expos and whoever answers for the house."""
    restaurant = RestaurantId(subject(room))
    must_have_job(by, restaurant, Permission.KITCHEN_WATCH)
    return Admission(restaurant_scope(restaurant))


async def admit_to_station(room: Room, by: Actor) -> Admission:
    """The same people, where there is such a station."""
    admission = await admit_to_pass(room, by)
    await _station(room)
    return admission


# ---------------------------------------------------------------------- read afresh

_STATIONS = TypeAdapter(tuple[Station, ...])

_STATIONS_OF_HOUSE = """
    select coalesce(json_agg(one order by one.station_id), '[]') from (
        select id as station_id, name, backup_station_id from station where restaurant_id = $1
    ) one
"""

# What is disputed comes as an array: there is hardly any of it, but PostgreSQL expects much, and would look through all
# tickets there ever were.
_CARDS_OF_HOUSE = """
    select coalesce(json_agg(one order by one.fired_at, one.ticket_id), '[]') from (
        select t.id as ticket_id, t.station_id, t.course, t.status, t.is_rushed, t.fired_at, t.started_at, t.bumped_at,
               t.backup_station_id, t.recalls, t.order_id, o.number, o.kind, o.table_id, o.table_name, o.customer_name,
               s.name as station_name,
               (select json_agg(l order by l.position, l.id) from order_line l
                where l.order_id = t.order_id and l.ticket_id = t.id) as lines
        from (
            select * from ticket where restaurant_id = $1 and status not in ('served', 'cleared')
            union all
            select * from ticket where restaurant_id = $1 and status in ('served', 'cleared') and id = any(array(
                select ticket_id from order_line where status = 'voided' and plated > void_saw and not is_settled
            ))
        ) t
        join customer_order o on o.id = t.order_id
        join station s on s.id = t.station_id
        where $2::uuid is null or $2 in (t.station_id, t.backup_station_id)
    ) one
"""


class _KeptCard(CardHead):
    """A card whose lines are still the domain's, which knows what a cook reads of them."""

    lines: tuple[Line, ...]

    def shown(self) -> TicketCard:
        return TicketCard(**{**dict(self), "lines": tuple(ticket_line(line) for line in self.lines)})


_CARDS = TypeAdapter(tuple[_KeptCard, ...])


async def load_station(room: Room) -> StationBoard:
    station, cards = await _station(room), await _cards(room)
    return StationBoard(
        restaurant_id=RestaurantId(subject(room)), station=station, tickets=cards, all_day=all_day(cards)
    )


async def load_pass(room: Room) -> PassBoard:
    shared = await house.load(RestaurantId(subject(room)))
    cards = await _cards(room)
    return PassBoard(
        **dict(shared),
        stations=await read(_STATIONS, _STATIONS_OF_HOUSE, room.subject),
        tickets=cards,
        all_day=all_day(cards),
    )


async def _cards(room: Room) -> tuple[TicketCard, ...]:
    """The tickets that hang at the room's station, or, where it names none, at all of them."""
    kept = await read(_CARDS, _CARDS_OF_HOUSE, room.subject, room.station)
    return tuple(one.shown() for one in kept)


async def _station(room: Room) -> Station:
    row = await connection().fetchrow(
        "select name, backup_station_id from station where id = $1 and restaurant_id = $2", room.station, room.subject
    )
    if row is None:
        raise no_such_room()
    assert room.station is not None
    return Station(station_id=room.station, name=row["name"], backup_station_id=row["backup_station_id"])


# ---------------------------------------------------------------------- after one more fact


def apply_to_station(board: StationBoard, event: Event, at: datetime) -> StationBoard:
    if isinstance(event, StationBackupSet):
        return board.model_copy(update={"station": _with_backup(board.station, event)})
    cards = _after(board.tickets, event, at)
    return board.model_copy(update={"tickets": cards, "all_day": all_day(cards)})


def apply_to_pass(board: PassBoard, event: Event, at: datetime) -> PassBoard:
    match event:
        case TicketEvent() | LineVoided() | LineMoved():
            cards = _after(board.tickets, event, at)
            return board.model_copy(update={"tickets": cards, "all_day": all_day(cards)})
        case StationAdded():
            added = Station(station_id=event.station_id, name=event.station_name, backup_station_id=None)
            stations = sorted((*board.stations, added), key=lambda one: one.station_id)
            return board.model_copy(update={"stations": tuple(stations)})
        case StationBackupSet():
            return board.model_copy(update={"stations": tuple(_with_backup(one, event) for one in board.stations)})
        case _:
            return house.apply(board, event, at)


def all_day(cards: Iterable[TicketCard]) -> tuple[Wanted, ...]:
    """What these tickets still want cooked, by name. An item is called what its latest ticket calls it."""
    names: dict[ItemId, str] = {}
    quantities: defaultdict[ItemId, int] = defaultdict(int)
    for card in cards:
        if card.status in OPEN:
            for line in card.lines:
                if not line.is_voided:
                    names[line.item_id] = line.name
                    quantities[line.item_id] += line.quantity
    wanted = (Wanted(item_id=item, name=names[item], quantity=quantity) for item, quantity in quantities.items())
    return tuple(sorted(wanted, key=lambda one: (one.name, one.item_id)))


def _after(cards: tuple[TicketCard, ...], event: Event, at: datetime) -> tuple[TicketCard, ...]:
    match event:
        case TicketFired():
            return tickets.in_order((*cards, _hung(event, at)))
        case TicketBackedUp() if not any(one.ticket_id == event.ticket_id for one in cards):
            card = _hung(event, event.fired_at).model_copy(update={"is_rushed": event.is_rushed})
            return tickets.in_order((*cards, card))
        case VoidEvent():
            others = tuple(one for one in cards if one.ticket_id != event.ticket_id)
            card = _hung(event, event.fired_at).model_copy(update=tickets.progress(event))
            return tickets.in_order((*others, card)) if _hangs(card) else others
        case LineVoided():
            return tuple(_with_line_voided(one, event) if one.ticket_id == event.ticket_id else one for one in cards)
        case LineMoved():
            return tuple(_reseated(one, event) if one.ticket_id == event.ticket_id else one for one in cards)
        case TicketEvent():
            return tuple(
                _all_voided(one) if isinstance(event, TicketVoided) and one.ticket_id == event.ticket_id else one
                for one in tickets.all_moved(cards, event, at)
                if _hangs(one)
            )
        case _:
            return cards


def _hangs(card: TicketCard) -> bool:
    return card.status not in GONE or any(line.is_disputed for line in card.lines)


def _with_backup(station: Station, event: StationBackupSet) -> Station:
    if station.station_id != event.station_id:
        return station
    return station.model_copy(update={"backup_station_id": event.backup_station_id})


def _hung(event: CardEvent, fired_at: datetime) -> TicketCard:
    return TicketCard(
        ticket_id=event.ticket_id,
        station_id=event.station_id,
        course=event.course,
        status=TicketStatus.FIRED,
        is_rushed=False,
        fired_at=fired_at,
        started_at=None,
        bumped_at=None,
        backup_station_id=event.backup_station_id,
        order_id=event.order_id,
        number=event.number,
        kind=event.kind,
        table_id=event.table_id,
        table_name=event.table_name,
        customer_name=event.customer_name,
        station_name=event.station_name,
        lines=event.lines,
    )


def _with_line_voided(card: TicketCard, event: LineVoided) -> TicketCard:
    lines = (
        line.model_copy(update={"is_voided": True}) if line.line_id == event.line_id else line for line in card.lines
    )
    return card.model_copy(update={"lines": tuple(lines)})


def _reseated(card: TicketCard, event: LineMoved) -> TicketCard:
    lines = (
        line.model_copy(update={"seat": event.seat}) if line.line_id == event.line_id else line for line in card.lines
    )
    return card.model_copy(update={"lines": tuple(lines)})


def _all_voided(card: TicketCard) -> TicketCard:
    """A cancelled order voids whole tickets, without a word about their lines."""
    voided = {"is_voided": True, "is_disputed": False}
    return card.model_copy(update={"lines": tuple(line.model_copy(update=voided) for line in card.lines)})


PASS = BoardKind(
    shape=PassBoard,
    admit=admit_to_pass,
    at_sight=staff_at_sight(Permission.KITCHEN_WATCH),
    needs=Permission.KITCHEN_WATCH,
    load=load_pass,
    apply=apply_to_pass,
    # The kitchen cooks by station; how the menu is headed is not on its screens.
    unseen=frozenset({MenuSectionAdded}),
)
STATION = BoardKind(
    shape=StationBoard,
    admit=admit_to_station,
    at_sight=staff_at_sight(Permission.KITCHEN_WATCH),
    needs=Permission.KITCHEN_WATCH,
    load=load_station,
    apply=apply_to_station,
)
