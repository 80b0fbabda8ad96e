"""What deeds answer: the thing as it is now, in the words of the events."""

from typing import Self

from hub.actions.deed import Answer, Links
from hub.domain.floor import Table
from hub.domain.lines import staff_line
from hub.domain.menu import Item
from hub.domain.orders import Order
from hub.domain.tickets import shown_ticket
from hub.events.event import Shape
from hub.events.floor import TablePlan, TableStatus
from hub.events.menu import MenuItem, Modifier, ModifierGroup
from hub.events.orders import OrderKind, OrderLine, OrderStatus
from hub.events.tickets import ShownTicket, TicketStatus
from hub.ids import (
    ItemId,
    MenuSectionId,
    OrderId,
    RestaurantId,
    SeatingId,
    SectionId,
    SessionId,
    StationId,
    TableId,
    TicketId,
    UserId,
)
from hub.moments import Moment
from hub.money import Money
from hub.people import Actor, Role
from hub.rights import Permission


class OrderAnswer(Answer):
    """An order, as whoever asked may read it. `id` and `orderId` are the same; `tax` is part of `total` in any case."""

    id: OrderId
    order_id: OrderId
    restaurant_id: RestaurantId
    number: int
    kind: OrderKind
    status: OrderStatus
    table_id: TableId | None
    table_name: str | None
    seating_id: SeatingId | None
    customer_name: str | None
    placed_at: Moment
    subtotal: Money
    tax: Money
    is_tax_included: bool
    total: Money
    lines: tuple[OrderLine, ...]
    tickets: tuple[ShownTicket, ...]

    @classmethod
    def of(cls, order: Order, *, by: Actor) -> Self:
        """The order as whoever asked may read it: notes, tickets and names are the staff's."""
        answer = cls._whole(order)
        if by.may(Permission.ORDERS_READ, order.restaurant_id):
            return answer
        staffs = {"note": None, "ticket_id": None, "is_disputed": False, "restores": 0}
        lines = tuple(line.model_copy(update=staffs) for line in answer.lines)
        return answer.model_copy(update={"lines": lines, "tickets": (), "customer_name": None})

    @classmethod
    def _whole(cls, order: Order) -> Self:
        bill = order.bill
        return cls(
            id=order.id,
            order_id=order.id,
            restaurant_id=order.restaurant_id,
            number=order.number,
            kind=order.kind,
            status=order.status,
            table_id=order.table_id,
            table_name=order.table_name,
            seating_id=order.seating_id,
            customer_name=order.customer_name,
            placed_at=order.placed_at,
            subtotal=Money(bill.subtotal, order.currency),
            tax=Money(bill.tax, order.currency),
            is_tax_included=order.tax.is_included,
            total=Money(bill.total, order.currency),
            lines=tuple(staff_line(line, order.currency) for line in order.lines),
            tickets=tuple(shown_ticket(ticket) for ticket in order.tickets),
        )


class PlacedAnswer(OrderAnswer):
    """An order that was just placed, and the link with which its guest follows it."""

    guest_link: str | None = None

    def signed(self, links: Links) -> Self:
        link = links.order_link(self.restaurant_id, self.order_id, self.placed_at)
        return self.model_copy(update={"guest_link": link})


class TicketAnswer(Answer):
    """A ticket after a step, and how far its order is."""

    ticket_id: TicketId
    order_id: OrderId
    status: TicketStatus
    is_rushed: bool
    order_status: OrderStatus
    recalls: int = 0

    @classmethod
    def of(cls, order: Order, ticket_id: TicketId) -> Self:
        ticket = order.ticket(ticket_id)
        return cls(
            ticket_id=ticket.id,
            order_id=order.id,
            status=ticket.status,
            is_rushed=ticket.is_rushed,
            order_status=order.status,
            recalls=ticket.recalls,
        )


class SeatingAnswer(Answer):
    """A party that was just seated, and the link that opens its table for as long as it stays."""

    seating_id: SeatingId
    table_id: TableId
    restaurant_id: RestaurantId
    covers: int
    seated_at: Moment
    status: TableStatus
    guest_link: str | None = None

    def signed(self, links: Links) -> Self:
        link = links.seating_link(self.restaurant_id, self.table_id, self.seating_id, self.seated_at)
        return self.model_copy(update={"guest_link": link})


class Party(Shape):
    """Who sits at a table now."""

    seating_id: SeatingId
    covers: int
    seated_at: Moment


class TableAnswer(Answer, TablePlan):
    """A table: where it stands, how its evening is going, and who sits there. `id` and `tableId` are the same."""

    id: TableId
    status: TableStatus
    status_since: Moment
    seating: Party | None

    @classmethod
    def of(cls, table: Table, plan: TablePlan) -> Self:
        its = table.seating
        seating = None if its is None else Party(seating_id=its.id, covers=its.covers, seated_at=its.seated_at)
        return cls(
            id=table.id, **plan.model_dump(), status=table.status, status_since=table.status_since, seating=seating
        )


class GoneAnswer(Answer):
    """What was taken away."""

    id: ItemId | TableId


class SectionAnswer(Answer):
    id: SectionId | MenuSectionId
    name: str


class StationAnswer(Answer):
    id: StationId
    name: str
    backup_station_id: StationId | None = None


class ItemAnswer(Answer, MenuItem):
    """An item as it is on the menu now."""


class RestaurantAnswer(Answer):
    """A restaurant that was opened, and whose it is."""

    restaurant_id: RestaurantId
    name: str
    owner_id: UserId


class RolesAnswer(Answer):
    """What a person is to a restaurant from now on."""

    user_id: UserId
    restaurant_id: RestaurantId
    roles: tuple[Role, ...]


class SaidAnswer(Answer):
    """It was said."""

    title: str


class SessionsEndedAnswer(Answer):
    """The sessions that ended."""

    session_ids: tuple[SessionId, ...]


class AlertsAnswer(Answer):
    """How many alerts were raised, or taken back."""

    raised: int = 0
    cleared: int = 0


def menu_item(item: Item, currency: str) -> MenuItem:
    """An item as the menu shows it."""
    return MenuItem(
        id=item.id,
        section_id=item.section_id,
        name=item.name,
        description=item.description,
        price=Money(item.price, currency),
        station=item.station_id,
        stations_by_kind=dict(item.stations_by_kind),
        prep_seconds=item.prep_seconds,
        allergens=item.allergens,
        diet_tags=item.diet_tags,
        portions_left=item.portions_left,
        is_eighty_sixed=not item.is_available,
        available=item.is_available,
        modifier_groups=tuple(
            ModifierGroup(
                id=group.id,
                name=group.name,
                min=group.min,
                max=group.max,
                modifiers=tuple(
                    Modifier(
                        id=one.id,
                        name=one.name,
                        price_delta=Money(one.price_delta, currency),
                        allergens=one.allergens,
                    )
                    for one in group.modifiers
                ),
            )
            for group in item.modifier_groups
        ),
    )


def item_answer(item: Item, currency: str) -> ItemAnswer:
    return ItemAnswer.model_validate(menu_item(item, currency).model_dump())
