"""Every order in which the commands of a history can arrive, and what comes of one of them.

Each device's commands keep their order, and none arrives before what its asker had seen. Whoever acts on a ticket saw
who was on it, so whatever competed for its lines when it was fired comes as it came: otherwise nobody would have seen
that ticket, and it would be another history.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from random import Random
from uuid import UUID

from hub.commands.orders import AddLines, FireCourse, VoidLine
from hub.domain.orders import Order
from hub.domain.refusals import Refused
from hub.events.tickets import TicketStatus
from hub.ids import LineId, TicketId
from tests.away import kitchen
from tests.away.histories import Asked
from tests.away.plates import Plates

COMES_TWICE = 0.2


class Wrong(Exception):
    """What is not as it should be, in words."""


Bonds = Mapping[int, Collection[int]]
"""What else has to come before a command."""


def arrival(asked: Sequence[Asked], dice: Random) -> list[Asked]:
    """One order in which these can arrive."""
    bonds, waiting, arrived = _bonds(asked), list(asked), list[Asked]()
    while waiting:
        one = dice.choice(_next(waiting, bonds))
        waiting.remove(one)
        arrived.append(one)
    return arrived


def every_arrival(asked: Sequence[Asked]) -> Iterator[list[Asked]]:
    """Every order in which these can arrive. Of a dozen commands there may be very many."""
    return _every(list(asked), _bonds(asked))


def _every(waiting: list[Asked], bonds: Bonds) -> Iterator[list[Asked]]:
    if not waiting:
        yield []
        return
    for one in _next(waiting, bonds):
        others = [other for other in waiting if other is not one]
        yield from ([one, *rest] for rest in _every(others, bonds))


def _next(waiting: Sequence[Asked], bonds: Bonds) -> list[Asked]:
    """Those of the waiting, which are as they first arrived, that can arrive now: of each device one at most."""
    earliest, left = waiting[0].at, {one.at for one in waiting}
    first = {one.device: one for one in reversed(waiting)}
    return [one for one in first.values() if one.seen <= earliest and left.isdisjoint(bonds[one.at])]


def _bonds(asked: Sequence[Asked]) -> Bonds:
    """Rivals for the lines of a ticket that somebody knew keep their order."""
    known = frozenset[TicketId]().union(*(one.knows for one in asked))
    rivals = [(one, _competes_for(one)) for one in asked]
    bound: dict[int, set[int]] = defaultdict(set)
    for fire, lines in rivals:
        if not isinstance(fire.command, FireCourse) or not _makes_any(fire, known):
            continue
        for other, others in rivals:
            if other is not fire and not lines.isdisjoint(others):
                bound[max(fire.at, other.at)].add(min(fire.at, other.at))
    return bound


def _competes_for(one: Asked) -> frozenset[LineId]:
    """The lines that it wants fired, or voided before they are."""
    if isinstance(one.command, FireCourse):
        return frozenset(one.command.line_ids or ())
    return frozenset({one.command.line_id}) if isinstance(one.command, VoidLine) and not one.knows else frozenset()


def _makes_any(fire: Asked, tickets: Collection[TicketId]) -> bool:
    return any(kitchen.ticket_id(fire.at, station) in tickets for station in kitchen.STATIONS)


def ends(arrived: Iterable[Asked], *, dice: Random | None = None) -> Order:
    """The order after these have arrived, some of them more than once. Raises Wrong as soon as something is."""
    order, plates = kitchen.an_order(), Plates()
    for one in _some_twice(arrived, dice):
        before = order
        try:
            order, facts = kitchen.after(order, one.command, one.at)
        except Refused as refusal:
            raise Wrong(f"{one.command.verb} at {one.at} was refused: {refusal.sentence}") from refusal
        if order is before and not facts:
            continue
        plates.hears(facts)
        plates.counts(before, order)
        wrongs = plates.wrongs(order)
        if wrongs:
            raise Wrong(f"after {one.command.verb} at {one.at}: {'; '.join(wrongs)}")
    return order


def _some_twice(arrived: Iterable[Asked], dice: Random | None) -> Iterator[Asked]:
    """What is added has a command's id to tell that it came before. The rest does not even need one."""
    before: list[Asked] = []
    for one in arrived:
        yield one
        if dice is None:
            continue
        if not isinstance(one.command, AddLines):
            before.append(one)
        if before and dice.random() < COMES_TWICE:
            yield dice.choice(before)


def state(order: Order, known: Collection[TicketId]) -> dict[str, object]:
    """What has to be one whatever the order of arrival: lines with their stage, the bill, known tickets."""
    tickets = {ticket.id: ticket for ticket in order.tickets}
    said: dict[str, object] = {"order": (str(order.status), order.bill.total)}
    for line in order.lines:
        ticket = None if line.ticket_id is None else tickets[line.ticket_id]
        stage = line.status if ticket is None or not line.is_live else ticket.status
        is_settled = line.is_crossed and line.is_settled
        said[f"line {name(line.id)}"] = (str(stage), line.restores, line.is_disputed, is_settled)
    for ticket in order.tickets:
        if ticket.id in known:
            lines = tuple(name(line.id) for line in order.lines if line.ticket_id == ticket.id)
            is_over = ticket.status is TicketStatus.SERVED
            rounds = () if is_over else (ticket.recalls, ticket.is_rushed)
            said[f"ticket {name(ticket.id)}"] = (str(ticket.status), rounds, tuple(sorted(lines)))
    return said


def name(thing: UUID) -> str:
    """`3.1` for the second line that command 3 added, `5.Grill` for the ticket that command 5 made there."""
    at, number = divmod(thing.int & (1 << 64) - 1, 1 << 8)
    stations = {station.int: word for station, word in kitchen.STATIONS.items()}
    return f"{at}.{stations[number] if thing.int >> 64 == 2 else number}"
