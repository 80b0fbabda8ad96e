"""A dinner for the screens' tests: the demo's restaurant, what is asked of its hubs, and one evening that is always so.

    dinner = await Dinner.at(hub)
    order = await dinner.takes("7", "Fish and chips", "Pale ale, pint")
    await dinner.fires(order)

What is asked goes through a hub, so that everybody hears of it at once. Not its business: browsers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from hub.actions import DEEDS
from hub.commands import Command
from hub.commands.floor import SeatParty, SetTableStatus
from hub.commands.house import RaiseAlerts
from hub.commands.menu import EightySixItem
from hub.commands.orders import FireCourse, PlaceOrder, ServeOrder, VoidLine, WantedLine
from hub.commands.tickets import BumpTicket, RecallTicket, RushTicket, StartTicket
from hub.demo.seeding import email_of
from hub.domain.menu import Item
from hub.domain.sessions import REFRESH_LIFETIME
from hub.events.floor import TableStatus
from hub.events.orders import OrderKind
from hub.ids import OrderId, RestaurantId, TableId, TicketId, new_id
from hub.keys import Hub
from hub.people import Actor, Role, the_house
from hub.store import floor, menu, people
from hub.store.database import connection
from hub.tokens import STAFF_LIFETIME
from tests.support.houses import begins_shift, refresh_token_of, token_of

STAFF = (Role.OWNER, Role.MANAGER, Role.EXPO, Role.COOK, Role.WAITER, Role.HOST)
FORTY_TABLES = tuple(str(name) for name in (*range(1, 16), *range(20, 25)))


@dataclass
class Dinner:
    """The demo's restaurant on a hub, with everything called by the names that its people use."""

    hub: Hub
    restaurant: RestaurantId
    people: Mapping[Role, people.Person]
    tables: Mapping[str, TableId]
    items: Mapping[str, Item]
    stations: Mapping[str, str]
    seated: dict[str, Any] = field(default_factory=dict)
    """The parties that were seated here, by table."""

    @classmethod
    async def at(cls, hub: Hub) -> "Dinner":
        """The restaurant that was seeded into this hub's database."""
        async with hub.database.snapshot():
            staff = {}
            for role in STAFF:
                person = await people.by_email(email_of(role))
                assert person is not None
                staff[role] = person
            (restaurant,) = await people.grants_of(staff[Role.OWNER].id)
            tables = await floor.tables_of(restaurant)
            stations = await menu.stations_of(restaurant)
            items = await menu.items_of(restaurant)
        async with hub.database.transaction():
            for person in staff.values():
                await begins_shift(person.id)
        return cls(
            hub=hub,
            restaurant=restaurant,
            people=MappingProxyType(staff),
            tables=MappingProxyType({one.table.name: one.table.id for one in tables}),
            items=MappingProxyType({item.name: item for item in items}),
            stations=MappingProxyType({station.name: str(station.id) for station in stations}),
        )

    # Who is who

    def actor(self, role: Role) -> Actor:
        """Somebody of the house, as the hub knows them."""
        user = self.people[role].id
        return Actor(name=f"user:{user}", user=user, grants=MappingProxyType({self.restaurant: frozenset({role})}))

    def shift(self, role: Role, *, lasts: timedelta = STAFF_LIFETIME) -> dict[str, Any]:
        """What a device keeps of this person's having signed in, with a token that lasts so long."""
        person, now = self.people[role], datetime.now(UTC)
        return {
            "accessToken": token_of(person.id, lasts=lasts),
            "tokenType": "Bearer",
            "expiresAt": _moment(now + lasts),
            "expiresInSeconds": int(lasts.total_seconds()),
            "refreshToken": refresh_token_of(person.id),
            "refreshExpiresAt": _moment(now + REFRESH_LIFETIME),
            "sessionId": str(person.id),
            "userId": str(person.id),
            "name": person.name,
            "roles": {str(self.restaurant): [role.value]},
            "renewAtMs": int((now + lasts * 2 / 3).timestamp() * 1_000),
            "renewalId": f"renewal {new_id()}",
        }

    # What happens in an evening

    async def seats(self, table: str, covers: int = 2) -> str:
        """A party sits down; its link."""
        command = SeatParty(table_id=self.tables[table], covers=covers)
        self.seated[table] = await self.asks(command, Role.HOST)
        link: str = self.seated[table].guest_link
        return link

    async def takes(self, table: str, *names: str | WantedLine, covers: int = 2, is_seated: bool = False) -> Any:
        """An order at a table, where a party is seated if none is yet. Its lines are held."""
        if table not in self.seated and not is_seated:
            await self.seats(table, covers)
        return await self.asks(
            PlaceOrder(
                restaurant_id=self.restaurant,
                kind=OrderKind.DINE_IN,
                table_id=self.tables[table],
                lines=tuple(self.line(one) if isinstance(one, str) else one for one in names),
            )
        )

    async def packs(self, customer: str, *names: str | WantedLine, kind: OrderKind = OrderKind.PICKUP) -> Any:
        """An order that leaves the house. It is fired at once."""
        lines = tuple(self.line(one) if isinstance(one, str) else one for one in names)
        return await self.asks(
            PlaceOrder(restaurant_id=self.restaurant, kind=kind, customer_name=customer, lines=lines)
        )

    async def fires(self, order: Any, course: int = 1) -> Any:
        """A course goes to the kitchen. The answer names its tickets."""
        return await self.asks(FireCourse(order_id=OrderId(order.order_id), course=course))

    async def orders(self, table: str, *names: str | WantedLine) -> Any:
        """An order that is in the kitchen at once; the answer of its firing."""
        return await self.fires(await self.takes(table, *names))

    async def starts(self, *tickets: TicketId) -> None:
        for ticket in tickets:
            await self.asks(StartTicket(ticket_id=ticket), Role.COOK)

    async def bumps(self, *tickets: TicketId) -> None:
        for ticket in tickets:
            await self.asks(BumpTicket(ticket_id=ticket), Role.COOK)

    async def recalls(self, *tickets: TicketId) -> None:
        for ticket in tickets:
            await self.asks(RecallTicket(ticket_id=ticket), Role.COOK)

    async def rushes(self, ticket: TicketId) -> None:
        await self.asks(RushTicket(ticket_id=ticket), Role.EXPO)

    async def serves(self, order: Any) -> None:
        await self.asks(ServeOrder(order_id=order.order_id))

    async def voids(self, order: Any, at: int = 0) -> None:
        """Take back a line that is fired already, which only a manager can."""
        await self.asks(VoidLine(order_id=order.order_id, line_id=order.lines[at].line_id), Role.MANAGER)

    async def eighty_sixes(self, name: str) -> None:
        await self.asks(EightySixItem(item_id=self.items[name].id), Role.COOK)

    async def becomes(self, table: str, *statuses: TableStatus) -> None:
        for status in statuses:
            await self.asks(SetTableStatus(table_id=self.tables[table], status=status))

    async def ages(self, order: Any, *, minutes: int) -> None:
        """Let an order's tickets be so much older than they are. Before anybody looks: nobody is told."""
        async with self.hub.database.transaction():
            for column in ("fired_at", "started_at", "bumped_at"):
                await connection().execute(
                    f"update ticket set {column} = {column} - make_interval(mins => $2) where order_id = $1",
                    order.order_id,
                    minutes,
                )

    async def links(self, table: str) -> tuple[str, str]:
        """The links of the first order at a table, and of the party that sits there: as the hub signs them."""
        async with self.hub.database.snapshot():
            placed = await floor.table(self.tables[table], by=self.actor(Role.WAITER))
            assert placed is not None
            seating = placed.table.seating
            assert seating is not None
            order = await connection().fetchrow(
                "select id, placed_at from customer_order where table_id = $1 order by number limit 1", placed.table.id
            )
        links = self.hub.links
        return (
            links.order_link(self.restaurant, order["id"], order["placed_at"]),
            links.seating_link(self.restaurant, placed.table.id, seating.id, seating.seated_at),
        )

    async def asks(self, command: Command, role: Role = Role.WAITER) -> Any:
        """Ask the hub for something as somebody of the house; the answer, with its links."""
        by = the_house(self.restaurant) if role is Role.SYSTEM else self.actor(role)
        answered = await self.hub.deeds.do(command, by=by)
        return DEEDS[type(command)].answer.model_validate_json(answered.body)

    def line(self, name: str, quantity: int = 1, **how: Any) -> WantedLine:
        """One line as a waiter jots it. `options` names modifiers; what must be chosen beyond is the first there is."""
        item = self.items[name]
        wanted = how.pop("options", ())
        chosen = [
            one.id
            for group in item.modifier_groups
            for one in ([m for m in group.modifiers if m.name in wanted] or group.modifiers[: group.min])
        ]
        return WantedLine(item_id=item.id, quantity=quantity, modifiers=tuple(chosen), **how)


def _moment(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


async def an_evening(dinner: Dinner) -> None:
    """Half past eight, always the same: every state of a table, tickets fresh and late, a rush, a void, something off.

    Whatever changes with time is far from changing, so that it looks the same some minutes later.
    """
    await _tables_that_cook(dinner)
    await _tables_that_rest(dinner)
    await dinner.packs("Ada Quill", "Ladle burger", dinner.line("Chips", 2))
    await dinner.packs("Noor", "Aubergine, tahini, herbs", kind=OrderKind.DELIVERY)
    await dinner.eighty_sixes("Lemon tart")
    await dinner.asks(RaiseAlerts(restaurant_id=dinner.restaurant), Role.SYSTEM)


async def _tables_that_cook(dinner: Dinner) -> None:
    ribeye = dinner.line("Ribeye, 300 g", 2, options=("Medium rare", "Truffle chips", "Peppercorn sauce"), seat=1)
    burger = dinner.line("Ladle burger", options=("Well done",), seat=2, note="No bun, allergic to sesame")
    pudding = dinner.line("Sticky toffee pudding", 2, course=2)
    seven = await dinner.takes("7", ribeye, burger, dinner.line("Grilled sardines", seat=3), pudding, covers=4)
    await dinner.starts(*(one.ticket_id for one in (await dinner.fires(seven)).tickets))
    eight = await dinner.takes("8", dinner.line("Fish and chips", 3), "Roast chicken for one", dinner.line("Chips", 2))
    await dinner.bumps((await dinner.fires(eight)).tickets[0].ticket_id)
    await dinner.ages(eight, minutes=13)
    twelve = await dinner.takes(
        "12", "Lamb shoulder for two", "Aubergine, tahini, herbs", dinner.line("Ladle burger", 2)
    )
    await dinner.rushes((await dinner.fires(twelve)).tickets[-1].ticket_id)
    await dinner.ages(twelve, minutes=3)
    three = await dinner.takes("3", "Grilled sardines", "Ribeye, 300 g", dinner.line("House red, 175 ml", 2))
    await dinner.fires(three)
    await dinner.voids(three)
    await dinner.ages(three, minutes=21)


async def _tables_that_rest(dinner: Dinner) -> None:
    eaten = await dinner.takes("10", "Smoked trout on rye", "Bread and good butter")
    await dinner.bumps(*(one.ticket_id for one in (await dinner.fires(eaten)).tickets))
    await dinner.serves(eaten)
    await dinner.becomes("10", TableStatus.BILL)
    await dinner.takes("14", "Hake, mussels and cider", dinner.line("Lemon tart", course=2), covers=5)
    await dinner.seats("1")
    await dinner.becomes("2", TableStatus.HELD)
    await dinner.becomes("22", TableStatus.DIRTY)


async def forty_tickets(dinner: Dinner) -> list[TicketId]:
    """So many open tickets at the grill as a bad night has."""
    tickets = []
    for round_ in range(2):
        for table in FORTY_TABLES:
            burgers = dinner.line("Ladle burger", 1 + round_, note="Sauce beside" if round_ else None)
            fired = await dinner.orders(table, burgers, "Grilled sardines" if round_ else "Aubergine, tahini, herbs")
            tickets += [one.ticket_id for one in fired.tickets]
    return tickets
