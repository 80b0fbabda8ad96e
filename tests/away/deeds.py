"""Histories in a real house: the same commands as deeds, with ids of their own, at two hubs, and sent more than once.

`Tablets.play` gives every command its place at the hub of its device, and reads the order that comes of it as if it
were the one that the domain alone would have made. Not its business: what it should be.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, Self
from uuid import UUID

from hub.actions.answers import PlacedAnswer
from hub.actions.deed import Deeds
from hub.audience import restaurant_scope
from hub.commands import Command
from hub.commands.command import Seen
from hub.commands.floor import SeatParty
from hub.commands.menu import RestoreItem
from hub.commands.orders import AddLines, PlaceOrder, WantedLine
from hub.domain.bills import TaxRule
from hub.domain.lines import Line
from hub.domain.orders import Order
from hub.events.orders import OrderKind
from hub.ids import ItemId, LineId, OrderId, TicketId
from hub.store import ledger, menu, orders
from hub.store.ledger import Head
from tests.away import kitchen
from tests.away.histories import Asked
from tests.support.houses import House

ITEMS = dict(zip(kitchen.ITEMS, ("Special", "Tart"), strict=True))
"""What is cooked in place of the histories' own: of a grill and a cold station, and counted."""
COMES_TWICE = 0.3

VOIDS_CROSS_AND_ARE_DECIDED = (65, 291)
"""Histories in which they do, and in which lines come back."""


@dataclass
class Tablets:
    """A house whose devices hang at these hubs, by turns."""

    house: House
    hubs: Sequence[Deeds]
    dice: Random
    head: Head
    repeated: int = 0
    _names: dict[UUID, UUID] = field(default_factory=dict)

    @classmethod
    async def of(cls, house: House, *elsewhere: Deeds) -> Self:
        """Tablets of a house in which a party sits, and there are more portions than anybody orders."""
        await house.deeds.do(SeatParty(table_id=house.tables["1"], covers=2), by=house.host)
        for name in ITEMS.values():
            await house.deeds.do(RestoreItem(item_id=house.items[name].id, portions=kitchen.PORTIONS), by=house.manager)
        async with house.database.snapshot():
            scope = restaurant_scope(house.id)
            head = (await ledger.heads([scope]))[scope]
        return cls(house, (house.deeds, *elsewhere), Random(7), head)

    async def play(self, asked: Iterable[Asked], name: str, *, under_the_law: bool = False) -> Order:
        """The order after these have arrived in a house of its own. Under the law every deed is tried on all boards."""
        first, *others = asked
        order_id = await self._place(first, under_the_law=under_the_law)
        self._names = {kitchen.ORDER: order_id, **self._menu()}
        await self._learn(first)
        for one in others:
            seen = Seen(epoch=self.head.epoch, seq=self.head.seq)
            command = self._real(one.command).model_copy(update={"seen": seen})
            key, hub = f"{name}:{one.at}", self.hubs[one.device % len(self.hubs)]
            if under_the_law:
                self.house.deeds = hub
                await self.house.does(command, by=self.house.manager, command_id=key)
            else:
                await hub.do(command, by=self.house.manager, command_id=key)
            await self._learn(one)
            if self.dice.random() < COMES_TWICE:
                again = await self.dice.choice(self.hubs).do(command, by=self.house.manager, command_id=key)
                assert again.is_repeated
                self.repeated += 1
        return self._as_in_histories(await self._order())

    async def portions_left(self) -> Counter[ItemId]:
        async with self.house.database.snapshot():
            found = [await menu.item(self.house.items[name].id, by=self.house.manager) for name in ITEMS.values()]
        return Counter({one.id: one.portions_left or 0 for one in found if one is not None})

    def _menu(self) -> dict[UUID, UUID]:
        return {wanted: self.house.items[name].id for wanted, name in ITEMS.items()}

    async def _place(self, first: Asked, *, under_the_law: bool) -> OrderId:
        assert isinstance(first.command, AddLines)
        menu = self._menu()
        lines = tuple(WantedLine(**{**one.model_dump(), "item_id": menu[one.item_id]}) for one in first.command.lines)
        command = PlaceOrder(
            restaurant_id=self.house.id, kind=OrderKind.DINE_IN, table_id=self.house.tables["1"], lines=lines
        )
        if under_the_law:
            order_id: OrderId = (await self.house.does(command, by=self.house.manager)).order_id
            return order_id
        return PlacedAnswer.model_validate_json((await self.hubs[0].do(command, by=self.house.manager)).body).order_id

    async def _order(self) -> Order:
        async with self.house.database.snapshot():
            order = await orders.order(OrderId(self._names[kitchen.ORDER]), by=self.house.manager)
        assert order is not None
        return order

    async def _learn(self, one: Asked) -> None:
        """The real ids of what a command has made, by those that it would have in the history."""
        known, order = set(self._names.values()), await self._order()
        for number, line in enumerate(line for line in order.lines if line.id not in known):
            self._names[kitchen.line_id(one.at, number)] = line.id
        stations = {self.house.items[ITEMS[item]].station_id: station for item, station in kitchen.ITEMS.items()}
        for ticket in order.tickets:
            if ticket.id not in known:
                self._names[kitchen.ticket_id(one.at, stations[ticket.station_id])] = ticket.id

    def _real(self, command: Command) -> Command:
        return type(command).model_validate(_renamed(command.model_dump(), self._names))

    def _as_in_histories(self, order: Order) -> Order:
        back = {real: name for name, real in self._names.items()}

        def named(line: Line) -> Line:
            ticket = None if line.ticket_id is None else TicketId(back[line.ticket_id])
            return replace(line, id=LineId(back[line.id]), ticket_id=ticket, unit_price=kitchen.PRICE)

        tickets = tuple(replace(one, id=TicketId(back[one.id])) for one in order.tickets)
        return replace(order, lines=tuple(map(named, order.lines)), tickets=tickets, tax=TaxRule())


def _renamed(value: Any, names: dict[UUID, UUID]) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(one, names) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return tuple(_renamed(one, names) for one in value)
    return names.get(value, value) if isinstance(value, UUID) else value
