"""The one order that histories are about, and what a command does to it: the deed, without a database.

Ids are made from a command's place in its history, so that the same command makes the same things whenever it arrives.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from uuid import UUID

from hub.commands import Command
from hub.commands.orders import AddLines, DecideVoid, FireCourse, ServeOrder, VoidLine
from hub.commands.tickets import BumpTicket, ClearTicket, RecallTicket, RushTicket, StartTicket
from hub.domain.bills import TaxRule
from hub.domain.lines import Line
from hub.domain.orders import Order, Step
from hub.domain.rounds import Ready
from hub.events.orders import LineStatus, OrderKind, OrderStatus
from hub.ids import ItemId, LineId, OrderId, RestaurantId, StationId, TicketId
from hub.people import Actor, Role

BEGAN = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
HOUSE, ORDER = RestaurantId(UUID(int=1)), OrderId(UUID(int=2))
STATIONS = MappingProxyType({StationId(UUID(int=11)): "Grill", StationId(UUID(int=12)): "Cold"})
ITEMS = MappingProxyType({ItemId(UUID(int=20 + number)): station for number, station in enumerate(STATIONS)})
PRICE = 500
PORTIONS = 10_000
"""Of each item, so that nothing is ever sold out: who gets the last portion is not merged."""

MANAGER = Actor(name="manager", grants=MappingProxyType({HOUSE: frozenset({Role.MANAGER})}))


def an_order() -> Order:
    return Order(ORDER, HOUSE, 1, OrderKind.DINE_IN, OrderStatus.PLACED, "GBP", TaxRule(), BEGAN)


def line_id(at: int, number: int) -> LineId:
    return LineId(UUID(int=(1 << 64) + (at << 8) + number))


def ticket_id(at: int, station: StationId) -> TicketId:
    return TicketId(UUID(int=(2 << 64) + (at << 8) + station.int))


def after(order: Order, command: Command, at: int) -> Step:
    """The order after the command that has this place in its history."""
    return STEPS[type(command)](order, command, at)


def _add(order: Order, command: AddLines, at: int) -> Step:
    lines = [
        Line(line_id(at, number), one.item_id, "Dish", one.quantity, PRICE, one.course, ITEMS[one.item_id], 60)
        for number, one in enumerate(command.lines)
    ]
    return order.add(lines)


def _fire(order: Order, command: FireCourse, at: int) -> Step:
    named = command.line_ids or ()
    held = [line for line in order.lines if line.status is LineStatus.HELD and line.id in named]
    ids = iter([ticket_id(at, station) for station in dict.fromkeys(line.station_id for line in held)])
    return order.fire(command.course, STATIONS, lambda: next(ids), BEGAN, named=named)


def _serve(order: Order, command: ServeOrder, at: int) -> Step:
    seen = [Ready(one.ticket_id, one.recalls, one.line_ids) for one in command.tickets or ()]
    return order.serve(None, seen)


def _void(order: Order, command: VoidLine, at: int) -> Step:
    return order.void(command.line_id, None, MANAGER, bumps=command.bumps, restores=command.restores)


def _decide(order: Order, command: DecideVoid, at: int) -> Step:
    return order.decide(command.line_id, STATIONS, stands=command.stands, restores=command.restores)


def _bump(order: Order, command: BumpTicket, at: int) -> Step:
    return order.bump(command.ticket_id, BEGAN, recalls=command.recalls, named=command.line_ids)


STEPS: Mapping[type[Command], Callable[..., Step]] = MappingProxyType(
    {
        AddLines: _add,
        FireCourse: _fire,
        ServeOrder: _serve,
        VoidLine: _void,
        DecideVoid: _decide,
        StartTicket: lambda order, one, at: order.start(one.ticket_id, BEGAN, recalls=one.recalls),
        BumpTicket: _bump,
        RecallTicket: lambda order, one, at: order.recall(one.ticket_id, BEGAN, recalls=one.recalls),
        RushTicket: lambda order, one, at: order.rush(one.ticket_id, recalls=one.recalls),
        ClearTicket: lambda order, one, at: order.clear(one.ticket_id, restores=one.restores),
    }
)
"""What each deed asks of the domain. `test_deeds` holds the deeds themselves to the same histories."""
