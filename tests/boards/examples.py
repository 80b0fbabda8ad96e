"""One small restaurant at one moment of a dinner: a board of every kind, and an example of every fact.

Every example changes something on these boards, wherever its room's board shows such a fact at all. Tickets are named
by the state they are in.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from hub.audience import RoomKind
from hub.boards import Board
from hub.boards.house import Alert
from hub.boards.item import ItemBoard
from hub.boards.kitchen import PassBoard, Station, StationBoard, TicketCard, all_day
from hub.boards.order import GuestOrder, OrderBoard
from hub.boards.table import SeatedParty, TableBoard
from hub.boards.user import AnnouncementsBoard, Notice, UserBoard
from hub.boards.waiters import FloorOrder, FloorSection, FloorTable, WaitersBoard
from hub.domain.facts import MESSAGES
from hub.events import Event, devices, floor, keys, menu, orders, people, sessions, tickets
from hub.events.floor import AlertKind, TablePlan, TableStatus
from hub.events.menu import InventoryDetails, InventoryReason, MenuItem
from hub.events.orders import GuestLine, LineStatus, OrderDetails, OrderKind, OrderLine, OrderStatus
from hub.events.people import NoticeKind
from hub.events.tickets import ShownTicket, TicketLine, TicketStatus
from hub.ids import (
    AlertId,
    DeviceId,
    ItemId,
    KeyId,
    LineId,
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
from hub.money import Money
from hub.people import Role


def numbered(number: int) -> UUID:
    """An id that reads well in a failing test, and sorts by its number."""
    return UUID(int=number)


def pounds(amount: int) -> Money:
    return Money(amount, "GBP")


SIX = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
NOW = SIX + timedelta(minutes=30)

HOUSE = RestaurantId(numbered(1))
GRILL, COLD = StationId(numbered(11)), StationId(numbered(12))
STARTERS = MenuSectionId(numbered(21))
STEAK, SOUP, OYSTERS = ItemId(numbered(31)), ItemId(numbered(32)), ItemId(numbered(33))
WINDOW = SectionId(numbered(41))
TABLE_7 = TableId(numbered(51))
PARTY = SeatingId(numbered(61))
ORDER = OrderId(numbered(71))
FIRED, STARTED, BUMPED, VOIDED = (TicketId(numbered(number)) for number in (81, 82, 83, 84))
HELD_LINE = LineId(numbered(90))
ALERT = AlertId(numbered(95))
USER = UserId(numbered(99))
KEY = KeyId(numbered(98))
DEVICE = DeviceId(numbered(97))
SESSION = SessionId(numbered(98))
LINE_OF = {FIRED: LineId(numbered(91)), STARTED: LineId(numbered(92)), BUMPED: LineId(numbered(93))}
LINE_OF[VOIDED] = LineId(numbered(94))
STATUS_OF = dict(zip((FIRED, STARTED, BUMPED, VOIDED), (*tuple(TicketStatus)[:3], TicketStatus.VOIDED), strict=True))


class Times(NamedTuple):
    started_at: datetime | None = None
    bumped_at: datetime | None = None


TIMES = {
    FIRED: Times(),
    STARTED: Times(started_at=SIX + timedelta(minutes=5)),
    BUMPED: Times(bumped_at=SIX + timedelta(minutes=9)),
    VOIDED: Times(),
}


# ---------------------------------------------------------------------- boards


def a_card(ticket: TicketId, *, quantity: int = 2) -> TicketCard:
    """A ticket of two steaks at the grill."""
    line = TicketLine(
        line_id=LINE_OF[ticket], item_id=STEAK, name="Steak", quantity=quantity, is_voided=ticket == VOIDED
    )
    return TicketCard(
        ticket_id=ticket,
        order_id=ORDER,
        number=12,
        kind=OrderKind.DINE_IN,
        table_id=TABLE_7,
        table_name="7",
        customer_name=None,
        station_id=GRILL,
        station_name="Grill",
        course=1,
        status=STATUS_OF[ticket],
        is_rushed=False,
        fired_at=SIX,
        started_at=TIMES[ticket].started_at,
        bumped_at=TIMES[ticket].bumped_at,
        lines=(line,),
    )


CARDS = tuple(a_card(ticket) for ticket in LINE_OF)
AN_ALERT = Alert(alert_id=ALERT, kind=AlertKind.TABLE_WAITING, table_id=TABLE_7, raised_at=SIX)


def an_order_line(line: LineId, ticket: TicketId | None = None) -> OrderLine:
    status = LineStatus.HELD if ticket is None else LineStatus.FIRED
    if ticket == VOIDED:
        status = LineStatus.VOIDED
    return OrderLine(
        line_id=line, item_id=STEAK, name="Steak", quantity=2, unit_price=pounds(2000), status=status, ticket_id=ticket
    )


def a_floor_order() -> FloorOrder:
    """Order 12 at table 7: one line is held, and there is one ticket in each state a kitchen shows."""
    return FloorOrder(
        order_id=ORDER,
        number=12,
        kind=OrderKind.DINE_IN,
        status=OrderStatus.IN_KITCHEN,
        table_id=TABLE_7,
        table_name="7",
        seating_id=PARTY,
        customer_name=None,
        placed_at=SIX,
        total=pounds(16_000),
        tax=pounds(2667),
        lines=(an_order_line(HELD_LINE), *(an_order_line(line, ticket) for ticket, line in LINE_OF.items())),
        tickets=tuple(
            ShownTicket(**{name: getattr(card, name) for name in ShownTicket.model_fields}) for card in CARDS
        ),
    )


def a_guest_order() -> GuestOrder:
    return GuestOrder(
        order_id=ORDER,
        number=12,
        kind=OrderKind.DINE_IN,
        status=OrderStatus.IN_KITCHEN,
        message=MESSAGES[OrderStatus.IN_KITCHEN],
        total=pounds(4000),
        tax=pounds(667),
        lines=(GuestLine(line_id=LINE_OF[FIRED], name="Steak", quantity=2, price=pounds(4000)),),
    )


PLAN = TablePlan(table_id=TABLE_7, section_id=WINDOW, name="7", seats=4)
SEATED = SeatedParty(seating_id=PARTY, covers=3, seated_at=SIX)
NEWS = {"alerts": (AN_ALERT,), "eighty_sixed": (SOUP,), "portions": {STEAK: 9, SOUP: 0}}

THE_GRILL = Station(station_id=GRILL, name="Grill", backup_station_id=None)

BOARDS: dict[RoomKind, Board] = {
    RoomKind.PASS: PassBoard(
        restaurant_id=HOUSE,
        **NEWS,
        stations=(THE_GRILL,),
        tickets=CARDS,
        all_day=all_day(CARDS),
    ),
    RoomKind.STATION: StationBoard(restaurant_id=HOUSE, station=THE_GRILL, tickets=CARDS, all_day=all_day(CARDS)),
    RoomKind.WAITERS: WaitersBoard(
        restaurant_id=HOUSE,
        **NEWS,
        sections=(FloorSection(section_id=WINDOW, name="Window"),),
        tables=(FloorTable(**dict(PLAN), status=TableStatus.ORDERED, status_since=SIX, seating=SEATED),),
        orders=(a_floor_order(),),
    ),
    RoomKind.TABLE: TableBoard(
        table_id=TABLE_7,
        name="7",
        seats=4,
        status=TableStatus.ORDERED,
        status_since=SIX,
        seating=SEATED,
        orders=(a_guest_order(),),
    ),
    RoomKind.ORDER: OrderBoard(**dict(a_guest_order()), restaurant_name="Brigade", placed_at=SIX),
    RoomKind.ITEM: ItemBoard(product_id=SOUP, name="Soup", quantity=0, available=False),
    RoomKind.USER: UserBoard(
        user_id=USER,
        notices=(Notice(title="Hello", message="Your shift begins.", type=NoticeKind.INFO, timestamp=SIX),),
        roles={HOUSE: (Role.COOK,)},
    ),
    RoomKind.ANNOUNCEMENTS: AnnouncementsBoard(),
}


# ---------------------------------------------------------------------- facts


def a_step(of: type[tickets.TicketEvent], ticket: TicketId) -> tickets.TicketEvent:
    return of(restaurant_id=HOUSE, ticket_id=ticket, order_id=ORDER, station_id=GRILL)


def a_void(of: type[tickets.VoidEvent], *, is_disputed: bool = False, **more: Any) -> tickets.VoidEvent:
    """What is said of the voided ticket: that the grill had bumped it as well."""
    (line,) = a_card(VOIDED).lines
    told = line.model_copy(
        update={"is_voided": is_disputed, "is_disputed": is_disputed, "restores": int(not is_disputed)}
    )
    return of(
        **{**dict(a_firing(VOIDED, told)), "course": 1},
        line_id=line.line_id,
        status=TicketStatus.BUMPED,
        is_rushed=True,
        fired_at=SIX,
        started_at=None,
        bumped_at=NOW,
        recalls=0,
        **more,
    )


def a_firing(ticket: TicketId, *lines: TicketLine) -> tickets.TicketFired:
    """A grill ticket of order 12; without further words one that fires what is held."""
    held = TicketLine(line_id=HELD_LINE, item_id=STEAK, name="Steak", quantity=2)
    return tickets.TicketFired(
        restaurant_id=HOUSE,
        ticket_id=ticket,
        order_id=ORDER,
        station_id=GRILL,
        number=12,
        kind=OrderKind.DINE_IN,
        table_id=TABLE_7,
        table_name="7",
        station_name="Grill",
        course=2,
        lines=lines or (held,),
    )


def an_update(
    status: OrderStatus, *lines: GuestLine, total: int = 4000, order: OrderId = ORDER, number: int = 12
) -> orders.OrderStatusUpdate:
    """News of an order at table 7; with no lines named they are as they were."""
    details = OrderDetails(
        number=number,
        kind=OrderKind.DINE_IN,
        table_id=TABLE_7,
        message=MESSAGES[status],
        total=pounds(total),
        tax=pounds(total // 6),
        lines=lines or None,
    )
    return orders.OrderStatusUpdate(restaurant_id=HOUSE, order_id=order, status=status, details=details)


def a_menu_item(item: ItemId, *, portions_left: int | None = None, available: bool = True) -> MenuItem:
    return MenuItem(
        id=item,
        section_id=STARTERS,
        name="Oysters",
        price=pounds(1800),
        station=COLD,
        prep_seconds=120,
        portions_left=portions_left,
        available=available,
    )


def a_placed_order(order: OrderId) -> orders.OrderPlaced:
    line = an_order_line(LineId(numbered(191)))
    return orders.OrderPlaced(
        restaurant_id=HOUSE, order_id=order, number=13, kind=OrderKind.PICKUP, customer_name="Ada", lines=(line,)
    )


NEW_LINE = an_order_line(LineId(numbered(190)))
NEXT_PARTY = SeatingId(numbered(62))
SOUP_IS_BACK = InventoryDetails(product_name="Soup", available=True, reason=InventoryReason.RESTORED)
MOVED_TABLE = TablePlan(table_id=TABLE_7, section_id=WINDOW, name="7a", seats=5, x=10, y=20)

_EXAMPLES: tuple[Event, ...] = (
    a_placed_order(OrderId(numbered(72))),
    orders.LinesAdded(restaurant_id=HOUSE, order_id=ORDER, lines=(NEW_LINE,)),
    orders.LineVoided(
        restaurant_id=HOUSE, order_id=ORDER, line_id=LINE_OF[FIRED], ticket_id=FIRED, station_id=GRILL, reason="Spilt"
    ),
    orders.LineMoved(
        restaurant_id=HOUSE,
        order_id=ORDER,
        line_id=LINE_OF[FIRED],
        to_order_id=ORDER,
        seat=3,
        ticket_id=FIRED,
        station_id=GRILL,
    ),
    orders.OrderCancelled(restaurant_id=HOUSE, order_id=ORDER),
    orders.OrderClosed(restaurant_id=HOUSE, order_id=ORDER),
    an_update(OrderStatus.READY),
    a_firing(TicketId(numbered(85))),
    tickets.TicketBackedUp(**{**dict(a_firing(FIRED)), "backup_station_id": COLD}, is_rushed=False, fired_at=SIX),
    a_step(tickets.TicketStarted, FIRED),
    a_step(tickets.TicketBumped, STARTED),
    a_step(tickets.TicketRecalled, BUMPED),
    a_step(tickets.TicketRushed, FIRED),
    a_step(tickets.TicketServed, BUMPED),
    a_step(tickets.TicketVoided, FIRED),
    a_step(tickets.TicketCleared, VOIDED),
    a_void(tickets.VoidCrossed, is_disputed=True),
    a_void(tickets.VoidDecided, stands=False),
    floor.SectionAdded(restaurant_id=HOUSE, section_id=SectionId(numbered(42)), section_name="Garden"),
    floor.TableAdded(restaurant_id=HOUSE, table=MOVED_TABLE.model_copy(update={"table_id": TableId(numbered(52))})),
    floor.TableChanged(restaurant_id=HOUSE, table=MOVED_TABLE),
    floor.TableRemoved(restaurant_id=HOUSE, table_id=TABLE_7),
    floor.PartySeated(restaurant_id=HOUSE, table_id=TABLE_7, seating_id=NEXT_PARTY, covers=2),
    floor.PartyLeft(restaurant_id=HOUSE, table_id=TABLE_7, seating_id=PARTY),
    floor.TableStatusChanged(restaurant_id=HOUSE, table_id=TABLE_7, status=TableStatus.EATING),
    floor.AlertRaised(
        restaurant_id=HOUSE,
        alert_id=AlertId(numbered(96)),
        kind=AlertKind.TICKET_NOT_STARTED,
        ticket_id=FIRED,
        order_id=ORDER,
        station_id=GRILL,
    ),
    floor.AlertCleared(restaurant_id=HOUSE, alert_id=ALERT),
    menu.StationAdded(restaurant_id=HOUSE, station_id=COLD, station_name="Cold"),
    menu.StationBackupSet(restaurant_id=HOUSE, station_id=GRILL, backup_station_id=COLD),
    menu.MenuSectionAdded(restaurant_id=HOUSE, section_id=STARTERS, section_name="Starters"),
    menu.ItemAdded(restaurant_id=HOUSE, item=a_menu_item(OYSTERS, portions_left=24)),
    menu.ItemChanged(restaurant_id=HOUSE, item=a_menu_item(STEAK, portions_left=3)),
    menu.ItemRemoved(restaurant_id=HOUSE, item_id=SOUP),
    menu.ItemEightySixed(restaurant_id=HOUSE, item_id=STEAK, item_name="Steak"),
    menu.ItemRestored(restaurant_id=HOUSE, item_id=SOUP, item_name="Soup"),
    menu.PortionsChanged(restaurant_id=HOUSE, item_id=STEAK, portions_left=8),
    menu.InventoryUpdate(restaurant_id=HOUSE, product_id=SOUP, quantity=20, details=SOUP_IS_BACK),
    people.RightsChanged(user_id=USER, restaurant_id=HOUSE, roles=(Role.EXPO,)),
    people.YourRightsChanged(user_id=USER, restaurant_id=HOUSE, roles=(Role.EXPO,)),
    sessions.SessionEnded(user_id=USER, session_id=SESSION, reason=sessions.SessionEnd.LOGGED_OUT),
    people.RealTimeNotification(user_id=USER, title="Ready", message="Order 12.", type=NoticeKind.ORDER_READY),
    keys.KeyChanged(key_id=KEY),
    devices.DeviceEnrolled(restaurant_id=HOUSE, device_id=DEVICE, device_name="Grill"),
    devices.DeviceRevoked(restaurant_id=HOUSE, device_id=DEVICE, device_name="Grill"),
    people.SystemAnnouncement(title="Tonight", message="We close at ten.", type=NoticeKind.INFO),
)

EXAMPLES: dict[type[Event], Event] = {type(event): event for event in _EXAMPLES}
