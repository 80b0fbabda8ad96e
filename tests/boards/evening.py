"""An evening in a small restaurant: a grill, a cold kitchen, steak, soup, table 7, and words for what happens often."""

from typing import Any
from uuid import UUID

from hub.audience import item_room, restaurant_scope, station_room, table_room
from hub.commands.floor import AddSection, AddTable, SeatParty, SetTableStatus
from hub.commands.house import CalmAlerts, RaiseAlerts
from hub.commands.menu import AddItem, AddMenuSection, AddStation, NewModifier, NewModifierGroup
from hub.commands.orders import FireCourse, PlaceOrder, WantedLine
from hub.commands.tickets import BumpTicket
from hub.events.floor import TableStatus
from hub.events.orders import OrderKind
from hub.ids import StationId
from hub.people import the_house
from hub.store import glass, ledger
from hub.store.glass import Shown
from tests.boards.dinner import Dinner


class Evening(Dinner):
    """A dinner with a menu and a table. Ids are kept as the answers give them."""

    grill: str
    cold: str
    section: str
    steak: str
    soup: str
    rare: str
    floor_section: str
    table: str

    async def furnish(self) -> None:
        house = self.house
        self.grill = (await self.do(AddStation(restaurant_id=house, name="Grill")))["id"]
        self.cold = (await self.do(AddStation(restaurant_id=house, name="Cold")))["id"]
        self.section = (await self.do(AddMenuSection(restaurant_id=house, name="Mains")))["id"]
        for station in (self.grill, self.cold):
            await self.watch(station_room(house, UUID(station)))
        doneness = NewModifierGroup(
            name="Done", min=0, max=2, modifiers=(NewModifier(name="Rare", price_delta=150, allergens=("egg",)),)
        )
        steak = await self.add_item("Steak", self.grill, 2105, modifier_groups=(doneness,), allergens=("milk",))
        self.steak, self.rare = steak["id"], steak["modifierGroups"][0]["modifiers"][0]["id"]
        self.soup = (await self.add_item("Soup", self.cold, 795, portions_left=20))["id"]
        self.floor_section = (await self.do(AddSection(restaurant_id=house, name="Window")))["id"]
        self.table = await self.add_table("7")
        await self.watch(item_room(UUID(self.soup)), table_room(UUID(self.table)))

    async def add_item(self, name: str, station: str, price: int, **more: Any) -> dict[str, Any]:
        return await self.do(
            AddItem(
                restaurant_id=self.house,
                section_id=UUID(self.section),
                name=name,
                price=price,
                station=UUID(station),
                **more,
            )
        )

    async def add_table(self, name: str) -> str:
        added = await self.do(
            AddTable(restaurant_id=self.house, section_id=UUID(self.floor_section), name=name, seats=4, x=10, y=20)
        )
        table: str = added["tableId"]
        return table

    async def seat(self) -> str:
        seating: str = (await self.do(SeatParty(table_id=UUID(self.table), covers=3)))["seatingId"]
        return seating

    def steaks(self, quantity: int = 1, course: int = 1, **more: Any) -> WantedLine:
        return WantedLine(item_id=UUID(self.steak), quantity=quantity, course=course, **more)

    def soups(self, quantity: int = 1, course: int = 1) -> WantedLine:
        return WantedLine(item_id=UUID(self.soup), quantity=quantity, course=course)

    async def order(self, *lines: WantedLine, kind: OrderKind = OrderKind.DINE_IN, **more: Any) -> dict[str, Any]:
        table = UUID(self.table) if kind is OrderKind.DINE_IN else None
        return await self.do(PlaceOrder(restaurant_id=self.house, kind=kind, table_id=table, lines=lines), **more)

    async def fire(self, order: dict[str, Any], course: int = 1) -> dict[str, Any]:
        return await self.do(FireCourse(order_id=UUID(order["id"]), course=course))

    async def cook(self, order: dict[str, Any]) -> None:
        for ticket in order["tickets"]:
            await self.do(BumpTicket(ticket_id=UUID(ticket["ticketId"])))

    async def set_table(self, *statuses: TableStatus) -> None:
        for status in statuses:
            await self.do(SetTableStatus(table_id=UUID(self.table), status=status))

    async def shows_everything(self, station: str) -> None:
        """The station's tablet says that it shows everything there is by now."""
        scope = restaurant_scope(self.house)
        async with self.database.transaction():
            head = (await ledger.heads([scope]))[scope]
            await glass.keep([Shown(self.house, StationId(UUID(station)), "tablet", head.epoch, head.seq)])

    async def calm_alerts(self) -> None:
        await self.do(CalmAlerts(restaurant_id=self.house), by=the_house(self.house))

    async def raise_alerts(self) -> None:
        await self.do(RaiseAlerts(restaurant_id=self.house), by=the_house(self.house))
