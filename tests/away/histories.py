"""Histories: what some devices ask about one order, each from what it has seen, and in which order that first arrives.

A device shows the order as the hub had it when it last heard from it, and on top of that what it has asked since. Cut
off, it keeps what it asks in a queue, and sends that when it is back, all of it or a part.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from hub.commands import Command
from hub.commands.orders import AddLines, DecideVoid, FireCourse, ReadyTicket, ServeOrder, VoidLine, WantedLine
from hub.commands.tickets import BumpTicket, ClearTicket, RecallTicket, RushTicket, StartTicket
from hub.domain.orders import Order
from hub.domain.rounds import Share
from hub.domain.tickets import OPEN
from hub.events.orders import LineStatus
from hub.events.tickets import TicketStatus
from hub.ids import LineId, TicketId
from tests.away import kitchen

DEVICES_MIN, DEVICES_MAX = 2, 5
COMMANDS_MIN, COMMANDS_MAX = 8, 24
OFFERS_LOOKED_AT = 6
GOES_AWAY, COMES_BACK, SENDS_A_PART = 0.3, 0.25, 0.3


@dataclass(frozen=True, slots=True)
class Asked:
    """A command: its place in the history as it first arrived, its device, and how much of that its asker had seen.

    `knows` are the tickets that it could not have been asked about without seeing them.
    """

    at: int
    device: int
    seen: int
    command: Command
    knows: frozenset[TicketId] = frozenset()


@dataclass(slots=True)
class Device:
    number: int
    shows: Order
    seen: int
    is_away: bool = False
    queue: list[Asked] = field(default_factory=list)
    has_fired: set[LineId] = field(default_factory=set)
    """What it fired itself while it was away. It does not know the tickets, so it leaves those lines alone."""

    def hears(self, order: Order, seen: int) -> None:
        self.shows, self.seen = order, seen
        self.has_fired.clear()


def drawn(seed: int, *, most: int = COMMANDS_MAX) -> tuple[Asked, ...]:
    """The history of this seed: what was asked, as it first arrived. Raises Refused where a rule refuses any of it."""
    return _Evening(Random(seed)).history(most)


class _Evening:
    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.order = kitchen.an_order()
        self.arrived: list[Asked] = []
        self.devices = [Device(number, self.order, 0) for number in range(dice.randint(DEVICES_MIN, DEVICES_MAX))]

    def history(self, most: int) -> tuple[Asked, ...]:
        first = self.devices[0]
        self._arrives(Asked(0, 0, 0, self._lines_wanted(4)))
        for course in (1, 2):
            first.hears(self.order, len(self.arrived))
            held = _held(first, course)
            if held:
                self._asks(first, FireCourse(order_id=kitchen.ORDER, course=course, line_ids=held))
        for device in self.devices:
            device.hears(self.order, len(self.arrived))
        for _ in range(self.dice.randint(min(COMMANDS_MIN, most), most)):
            self._something_happens(self.dice.choice(self.devices))
        while away := [device for device in self.devices if device.queue]:
            self._sends(self.dice.choice(away), 1)
        return tuple(self.arrived)

    def _something_happens(self, device: Device) -> None:
        if device.is_away and self.dice.random() < COMES_BACK:
            is_partly = self.dice.random() < SENDS_A_PART
            self._sends(device, self.dice.randint(0, len(device.queue)) if is_partly else len(device.queue))
            device.is_away = is_partly
        elif not device.is_away and self.dice.random() < GOES_AWAY:
            device.is_away = True
        if not device.is_away:
            device.hears(self.order, len(self.arrived))
        # What a screen does not offer is looked for some times more, and then nobody does anything.
        for make in self.dice.choices(_MAKES, _WEIGHTS, k=OFFERS_LOOKED_AT):
            command = make(self, device)
            if command is not None:
                self._asks(device, command)
                return

    def _asks(self, device: Device, command: Command) -> None:
        asked = Asked(-1, device.number, device.seen, command, _knows(device.shows, command))
        if device.is_away:
            device.queue.append(asked)
            self._shows_its_own(device, command)
        else:
            self._arrives(asked)
            device.hears(self.order, len(self.arrived))

    def _shows_its_own(self, device: Device, command: Command) -> None:
        """What a device shows of what it has asked. What the hub makes, lines and tickets, it cannot know."""
        if isinstance(command, FireCourse):
            device.has_fired.update(command.line_ids or ())
        elif not isinstance(command, AddLines):
            device.shows, _ = kitchen.after(device.shows, command, -1)

    def _sends(self, device: Device, count: int) -> None:
        for asked in device.queue[:count]:
            self._arrives(asked)
        del device.queue[:count]

    def _arrives(self, asked: Asked) -> None:
        at = len(self.arrived)
        self.arrived.append(Asked(at, asked.device, asked.seen, asked.command, asked.knows))
        self.order, _ = kitchen.after(self.order, asked.command, at)

    # ------------------------------------------------------------------ what a device offers

    def _lines_wanted(self, most: int) -> AddLines:
        items = list(kitchen.ITEMS)
        lines = [
            WantedLine(
                item_id=self.dice.choice(items), quantity=self.dice.choice((1, 3)), course=self.dice.choice((1, 2))
            )
            for _ in range(self.dice.randint(1, most))
        ]
        return AddLines(order_id=kitchen.ORDER, lines=tuple(lines))

    def add(self, device: Device) -> Command | None:
        return self._lines_wanted(2)

    def fire(self, device: Device) -> Command | None:
        course = self.dice.randint(1, 2)
        held = _held(device, course)
        return FireCourse(order_id=kitchen.ORDER, course=course, line_ids=held) if held else None

    def start(self, device: Device) -> Command | None:
        share = self._one(device, TicketStatus.FIRED)
        return None if share is None else StartTicket(ticket_id=share.ticket.id, recalls=share.ticket.recalls)

    def bump(self, device: Device) -> Command | None:
        share = self._one(device, *OPEN)
        return (
            None
            if share is None
            else BumpTicket(
                ticket_id=share.ticket.id, recalls=share.ticket.recalls, line_ids=tuple(sorted(share.wanted))
            )
        )

    def recall(self, device: Device) -> Command | None:
        share = self._one(device, TicketStatus.BUMPED)
        return None if share is None else RecallTicket(ticket_id=share.ticket.id, recalls=share.ticket.recalls)

    def rush(self, device: Device) -> Command | None:
        share = self._one(device, *OPEN)
        return None if share is None else RushTicket(ticket_id=share.ticket.id, recalls=share.ticket.recalls)

    def clear(self, device: Device) -> Command | None:
        share = self._one(device, TicketStatus.VOIDED)
        return None if share is None else ClearTicket(ticket_id=share.ticket.id, restores=share.restores)

    def serve(self, device: Device) -> Command | None:
        ready = _shares(device.shows, TicketStatus.BUMPED)
        if not ready:
            return None
        taken = self.dice.sample(ready, self.dice.randint(1, len(ready)))
        tickets = [
            ReadyTicket(ticket_id=one.ticket.id, recalls=one.ticket.recalls, line_ids=tuple(sorted(one.wanted)))
            for one in taken
        ]
        return ServeOrder(order_id=kitchen.ORDER, tickets=tuple(tickets))

    def void(self, device: Device) -> Command | None:
        order = device.shows
        served = {ticket.id for ticket in order.tickets if ticket.status is TicketStatus.SERVED}
        live = [line for line in order.lines if line.is_live and line.ticket_id not in served]
        if not live:
            return None
        line = self.dice.choice(live)
        bumps = 0 if line.ticket_id is None else order.ticket(line.ticket_id).bumps
        return VoidLine(order_id=kitchen.ORDER, line_id=line.id, bumps=bumps, restores=line.restores)

    def decide(self, device: Device) -> Command | None:
        disputed = [line for line in device.shows.lines if line.is_disputed]
        if not disputed:
            return None
        line, stands = self.dice.choice(disputed), self.dice.random() < 0.5
        return DecideVoid(order_id=kitchen.ORDER, line_id=line.id, stands=stands, restores=line.restores)

    def _one(self, device: Device, *statuses: TicketStatus) -> Share | None:
        shares = _shares(device.shows, *statuses)
        return self.dice.choice(shares) if shares else None


OFFERS: Sequence[tuple[Callable[[_Evening, Device], Command | None], int]] = (
    (_Evening.add, 1),
    (_Evening.fire, 3),
    (_Evening.start, 1),
    (_Evening.bump, 4),
    (_Evening.recall, 2),
    (_Evening.rush, 1),
    (_Evening.clear, 2),
    (_Evening.serve, 2),
    (_Evening.void, 4),
    (_Evening.decide, 8),
)
"""What a device may be asked, and how often, where its screen offers it at all."""

_MAKES, _WEIGHTS = zip(*OFFERS, strict=True)


def _held(device: Device, course: int) -> tuple[LineId, ...]:
    return tuple(
        line.id
        for line in device.shows.lines
        if line.status is LineStatus.HELD and line.course == course and line.id not in device.has_fired
    )


def _shares(order: Order, *statuses: TicketStatus) -> list[Share]:
    return [order.share(ticket.id) for ticket in order.tickets if ticket.status in statuses]


def _knows(order: Order, command: Command) -> frozenset[TicketId]:
    match command:
        case ServeOrder(tickets=tickets):
            return frozenset(one.ticket_id for one in tickets or ())
        case VoidLine(line_id=line) | DecideVoid(line_id=line):
            ticket = order.line(line).ticket_id
            return frozenset() if ticket is None else frozenset({ticket})
        case StartTicket() | BumpTicket() | RecallTicket() | RushTicket() | ClearTicket():
            return frozenset({command.ticket_id})
        case _:
            return frozenset()
