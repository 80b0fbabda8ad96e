"""A dinner in which everything happens: every command is asked, and every event recorded.

Not its business: what must be so afterwards, which `Dinner.do` sees to after every deed.
"""

from uuid import UUID

from hub.actions.devices import Devices
from hub.audience import Room, RoomKind, pass_room, station_room, table_room, waiters_room
from hub.boards.kitchen import TicketCard
from hub.commands.addresses import AddAddress, ChangeAddress, RemoveAddress
from hub.commands.devices import InviteDevice, RenameDevice, RevokeDevice, RotateDevice
from hub.commands.floor import AddSection, ChangeTable, RemoveTable
from hub.commands.invitations import InvitePerson, SendInvitationAgain, WithdrawInvitation
from hub.commands.keys import ChangeKey, MakeKey, RevokeKey, RotateKey
from hub.commands.menu import ChangeItem, EightySixItem, RemoveItem, RestoreItem, SetStationBackup
from hub.commands.orders import (
    AddLines,
    CancelOrder,
    CloseOrder,
    DecideVoid,
    MoveLine,
    ReadyTicket,
    ServeOrder,
    VoidLine,
)
from hub.commands.passkeys import RemovePasskey
from hub.commands.people import Announce, GiveRole, Notify, TakeRole
from hub.commands.pins import RemovePin
from hub.commands.profiles import ChangePreferences, ChangeProfile, RemoveAvatar
from hub.commands.restaurants import OpenRestaurant
from hub.commands.sessions import EndSession, LogOut, LogOutEverywhere
from hub.commands.tickets import BumpTicket, ClearTicket, RecallTicket, RushTicket, StartTicket
from hub.commands.vouching import UnlinkAccount
from hub.domain.authenticators import NewKey
from hub.domain.profiles import Theme
from hub.domain.vouching import ProviderName
from hub.events.floor import AlertKind, TableStatus
from hub.events.orders import OrderKind, OrderStatus
from hub.events.tickets import TicketStatus
from hub.ids import InvitationId, PasskeyId, SessionId, UserId, new_id
from hub.people import Actor, Role
from hub.rights import Permission
from hub.store import avatars, passkeys, people, pins, vouching
from hub.store.connections import connection
from hub.store.people import Person
from tests.boards.dinner import PlainLinks
from tests.boards.evening import Evening
from tests.support.houses import begins_shift


async def everything_happens(evening: Evening) -> None:
    await a_party_dines(evening)
    await a_guest_orders_and_changes_their_mind(evening)
    await somebody_fetches_their_food(evening)
    await a_screen_goes_dark(evening)
    await tablets_come_back(evening)
    await the_menu_changes(evening)
    await the_floor_changes(evening)
    await people_come_and_go(evening)
    await somebody_is_invited(evening)
    await keys_come_and_go(evening)
    await a_tablet_comes_and_goes(evening)
    await somebody_says_of_themselves(evening)


async def a_party_dines(evening: Evening) -> None:
    await evening.set_table(TableStatus.HELD)
    await evening.seat()
    await evening.raise_alerts()
    assert len(evening.board(waiters_room(evening.house)).alerts) == 1
    order = await evening.order(
        evening.soups(2), evening.steaks(course=2, modifiers=(UUID(evening.rare),), note="no salt", seat=2)
    )
    await evening.do(AddLines(order_id=UUID(order["id"]), lines=(evening.steaks(3, course=2), evening.soups())))
    starters = await evening.fire(order)
    await evening.raise_alerts()
    (soup,) = (UUID(ticket["ticketId"]) for ticket in starters["tickets"])
    await evening.do(RushTicket(ticket_id=soup))
    await evening.do(StartTicket(ticket_id=soup))
    await evening.do(BumpTicket(ticket_id=soup))
    await evening.do(RecallTicket(ticket_id=soup))
    await evening.do(BumpTicket(ticket_id=soup))
    await evening.do(ServeOrder(order_id=UUID(order["id"]), course=1))
    mains = await evening.fire(order, course=2)
    await evening.raise_alerts()
    await evening.cook({"tickets": [one for one in mains["tickets"] if one["course"] == 2]})
    steak = next(UUID(one["ticketId"]) for one in mains["tickets"] if one["course"] == 2)
    await evening.do(RecallTicket(ticket_id=steak))
    await evening.do(BumpTicket(ticket_id=steak))
    await evening.do(ServeOrder(order_id=UUID(order["id"])))
    await evening.do(CloseOrder(order_id=UUID(order["id"])))
    assert [one.status for one in evening.board(table_room(UUID(evening.table))).orders] == [OrderStatus.CLOSED]
    await evening.set_table(TableStatus.BILL, TableStatus.DIRTY, TableStatus.FREE)


async def a_guest_orders_and_changes_their_mind(evening: Evening) -> None:
    guest = evening.guest(await evening.seat(), evening.table)
    order = await evening.order(evening.steaks(2), evening.steaks(), evening.soups(), by=guest)
    await evening.do(AddLines(order_id=UUID(order["id"]), lines=(evening.soups(2, course=2),)), by=guest)
    first, second, soup = (UUID(line["lineId"]) for line in order["lines"])
    other = await evening.order(evening.soups(), by=guest)
    await evening.do(MoveLine(order_id=UUID(order["id"]), line_id=second, to_order_id=UUID(other["id"]), seat=2))
    await evening.do(MoveLine(order_id=UUID(other["id"]), line_id=second, to_order_id=UUID(order["id"])))
    await evening.do(CancelOrder(order_id=UUID(other["id"])))
    await evening.fire(order)
    await evening.do(MoveLine(order_id=UUID(order["id"]), line_id=second, seat=1))
    await evening.raise_alerts()
    await evening.do(VoidLine(order_id=UUID(order["id"]), line_id=first, reason="Too much"))
    voided = await evening.do(VoidLine(order_id=UUID(order["id"]), line_id=second))
    await evening.do(VoidLine(order_id=UUID(order["id"]), line_id=soup))
    grilled = next(one for one in voided["tickets"] if one["stationId"] == evening.grill)
    await evening.do(ClearTicket(ticket_id=UUID(grilled["ticketId"])))
    more = await evening.do(AddLines(order_id=UUID(order["id"]), lines=(evening.steaks(), evening.soups())))
    fired = await evening.fire(more)
    latest = [one for one in fired["tickets"] if one["status"] == "fired"]
    await evening.cook({"tickets": latest[:1]})
    await evening.do(CancelOrder(order_id=UUID(order["id"]), reason="They left"))
    left_over = [one.ticket_id for one in evening.board(Room(RoomKind.PASS, evening.house)).tickets]
    assert len(left_over) == 3, "Voided tickets stay on the kitchen's screens after their order is gone."
    await evening.do(ClearTicket(ticket_id=left_over[0]))
    await evening.set_table(TableStatus.DIRTY, TableStatus.FREE)


async def somebody_fetches_their_food(evening: Evening) -> None:
    order = await evening.order(evening.steaks(), evening.soups(), kind=OrderKind.PICKUP)
    assert order["status"] == "in_kitchen"
    await evening.cook(await evening.do(AddLines(order_id=UUID(order["id"]), lines=(evening.steaks(),))))
    await evening.do(ServeOrder(order_id=UUID(order["id"])))
    await evening.do(CloseOrder(order_id=UUID(order["id"])))


async def a_screen_goes_dark(evening: Evening) -> None:
    grill, cold = UUID(evening.grill), UUID(evening.cold)
    await evening.do(SetStationBackup(station_id=grill, backup_station_id=cold))
    await evening.shows_everything(evening.grill)
    order = await evening.order(evening.steaks(2), evening.steaks(), evening.soups(), kind=OrderKind.PICKUP)
    first, second, _ = (UUID(line["lineId"]) for line in order["lines"])
    ticket = next(UUID(one["ticketId"]) for one in order["tickets"] if one["stationId"] == evening.grill)
    await evening.do(RushTicket(ticket_id=ticket))
    await evening.raise_alerts()
    assert _not_seen(evening) == [ticket]
    here, there = (evening.board(station_room(evening.house, one)).tickets for one in (grill, cold))
    assert here[-1] == next(one for one in there if one.ticket_id == ticket)
    # From here on both stations hear everything of it.
    await evening.do(MoveLine(order_id=UUID(order["id"]), line_id=second, to_order_id=UUID(order["id"]), seat=2))
    await evening.do(VoidLine(order_id=UUID(order["id"]), line_id=first))
    await evening.do(StartTicket(ticket_id=ticket))
    assert _not_seen(evening) == []
    await evening.do(BumpTicket(ticket_id=ticket))
    await evening.do(RecallTicket(ticket_id=ticket))
    await evening.do(VoidLine(order_id=UUID(order["id"]), line_id=second))
    await evening.do(ClearTicket(ticket_id=ticket))
    # Another one is seen at last, and is on both screens still.
    late = await evening.order(evening.steaks(), kind=OrderKind.PICKUP)
    await evening.raise_alerts()
    await evening.shows_everything(evening.grill)
    await evening.calm_alerts()
    assert _not_seen(evening) == []
    assert len(evening.board(station_room(evening.house, cold)).tickets) > 1
    await evening.do(BumpTicket(ticket_id=UUID(late["tickets"][0]["ticketId"])))
    await evening.do(ServeOrder(order_id=UUID(late["id"])))
    await evening.do(SetStationBackup(station_id=grill, backup_station_id=None))


async def tablets_come_back(evening: Evening) -> None:
    """What was done without network arrives in an order that nobody saw."""
    order = await evening.order(evening.steaks(), evening.steaks(2), kind=OrderKind.PICKUP)
    ids = {"order_id": UUID(order["id"])}
    first, second = (UUID(line["lineId"]) for line in order["lines"])
    ticket = UUID(order["tickets"][0]["ticketId"])
    await evening.do(VoidLine(**ids, line_id=first, bumps=0, restores=0))
    await evening.do(BumpTicket(ticket_id=ticket, recalls=0, line_ids=(first, second)))
    assert [line.is_disputed for line in _card(evening, ticket).lines] == [True, False]
    await evening.do(RushTicket(ticket_id=ticket, recalls=0))
    ready = ReadyTicket(ticket_id=ticket, recalls=0, line_ids=(second,))
    await evening.do(ServeOrder(**ids, tickets=(ready,)))
    assert _card(evening, ticket).status is TicketStatus.SERVED, "It hangs until somebody has decided."
    await evening.do(DecideVoid(**ids, line_id=first, stands=True, restores=0))
    assert not _hangs(evening, ticket)
    await evening.do(CloseOrder(**ids))
    # A ticket that was cleared away comes back, and goes its way from where it was.
    order = await evening.order(evening.steaks(), kind=OrderKind.PICKUP)
    ids = {"order_id": UUID(order["id"])}
    (line,) = (UUID(line["lineId"]) for line in order["lines"])
    ticket = UUID(order["tickets"][0]["ticketId"])
    await evening.do(VoidLine(**ids, line_id=line))
    await evening.do(ClearTicket(ticket_id=ticket, restores=0))
    assert not _hangs(evening, ticket)
    await evening.do(BumpTicket(ticket_id=ticket, recalls=0, line_ids=(line,)))
    await evening.do(DecideVoid(**ids, line_id=line, stands=True))
    assert not _hangs(evening, ticket), "Its station had seen the void."
    await evening.do(DecideVoid(**ids, line_id=line, stands=False, restores=0))
    assert _card(evening, ticket).status is TicketStatus.BUMPED
    await evening.do(RecallTicket(ticket_id=ticket, recalls=0))
    await evening.do(ServeOrder(**ids, tickets=(ReadyTicket(ticket_id=ticket, recalls=0, line_ids=(line,)),)))
    await evening.do(VoidLine(**ids, line_id=line, bumps=1, restores=1))
    assert _card(evening, ticket).lines[0].is_disputed, "Who voided it did not know that it was served."
    await evening.do(DecideVoid(**ids, line_id=line, stands=False))
    await evening.do(CloseOrder(**ids))


def _card(evening: Evening, ticket: UUID) -> TicketCard:
    (card,) = (one for one in evening.board(pass_room(evening.house)).tickets if one.ticket_id == ticket)
    assert isinstance(card, TicketCard)
    return card


def _hangs(evening: Evening, ticket: UUID) -> bool:
    return any(one.ticket_id == ticket for one in evening.board(pass_room(evening.house)).tickets)


def _not_seen(evening: Evening) -> list[UUID]:
    """The tickets that the pass knows nobody to have seen."""
    alerts = evening.board(pass_room(evening.house)).alerts
    return [one.ticket_id for one in alerts if one.kind is AlertKind.TICKET_NOT_SEEN]


async def the_menu_changes(evening: Evening) -> None:
    soup, steak = UUID(evening.soup), UUID(evening.steak)
    await evening.do(ChangeItem(item_id=soup, portions_left=1, name="Broth"))
    await evening.order(evening.soups(), kind=OrderKind.PICKUP)
    assert soup in evening.board(waiters_room(evening.house)).eighty_sixed, "The last portion is sold."
    await evening.do(RestoreItem(item_id=soup, portions=4))
    await evening.do(EightySixItem(item_id=steak))
    await evening.do(ChangeItem(item_id=steak, price=2500))
    await evening.do(RestoreItem(item_id=steak))
    await evening.do(ChangeItem(item_id=soup, portions_left=None))
    await evening.do(ChangeItem(item_id=soup, portions_left=0))
    await evening.do(RemoveItem(item_id=soup))
    await evening.do(RemoveItem(item_id=steak))


async def the_floor_changes(evening: Evening) -> None:
    garden = UUID((await evening.do(AddSection(restaurant_id=evening.house, name="Garden")))["id"])
    table = await evening.add_table("8")
    await evening.watch(table_room(UUID(table)))
    await evening.do(ChangeTable(table_id=UUID(table), section_id=garden, name="9", seats=2, x=0))
    await evening.do(RemoveTable(table_id=UUID(table)))
    assert table_room(UUID(table)) not in evening.watched


async def people_come_and_go(evening: Evening) -> None:
    cook = UserId(new_id())
    async with evening.database.transaction():
        await people.add(Person(cook, "cook@example.org", "Carlo", "", is_operator=False))
    for role in (Role.EXPO, Role.COOK):
        await evening.do(GiveRole(restaurant_id=evening.house, user_id=cook, role=role))
    for role in (Role.EXPO, Role.COOK):
        await evening.do(TakeRole(restaurant_id=evening.house, user_id=cook, role=role))
    at_work = Actor(name=f"user:{cook}", user=cook, session=SessionId(cook))
    for end in (LogOut(), LogOutEverywhere(), EndSession(session_id=SessionId(cook))):
        async with evening.database.transaction():
            await connection().execute("delete from session where id = $1", cook)
            await begins_shift(cook)
        await evening.do(end, at_work)
    for night in range(22):
        await evening.do(Announce(title=f"Night {night}", message="The hub is updated at four."))
    await evening.do(
        OpenRestaurant(name="Next door", currency="EUR", time_zone="Europe/Madrid", owner_email="cook@example.org")
    )
    assert evening.owner.user is not None
    await evening.do(Notify(user_id=evening.owner.user, title="Can you hear me?", message="This is only a test."))
    for role in (Role.COOK, Role.WAITER, Role.COOK):
        await evening.do(Announce(title=f"Every {role}", message="A shorter menu from tomorrow on.", role=role))


async def somebody_is_invited(evening: Evening) -> None:
    asked = InvitePerson(restaurant_id=evening.house, email="new@example.org", roles=(Role.COOK,))
    invitation = InvitationId(UUID((await evening.do(asked))["invitationId"]))
    await evening.do(SendInvitationAgain(invitation_id=invitation))
    await evening.do(WithdrawInvitation(invitation_id=invitation))


async def keys_come_and_go(evening: Evening) -> None:
    till = MakeKey(restaurant_id=evening.house, name="Till", scopes=(Permission.ORDERS_TAKE,))
    key = UUID((await evening.do(till))["keyId"])
    await evening.do(ChangeKey(key_id=key, name="The till"))
    await evening.do(RotateKey(key_id=key))
    await evening.do(RevokeKey(key_id=key))


async def a_tablet_comes_and_goes(evening: Evening) -> None:
    code = (await evening.do(InviteDevice(restaurant_id=evening.house)))["code"]
    devices = Devices(evening.database, PlainLinks())
    tablet = (await evening.happens("enrolling", devices.enroll(code, "Grill", None))).device_id
    await evening.do(RenameDevice(device_id=tablet, name="Pass"))
    await evening.do(RotateDevice(device_id=tablet))
    await evening.do(RevokeDevice(device_id=tablet))


async def somebody_says_of_themselves(evening: Evening) -> None:
    owner = evening.owner
    assert owner.user is not None
    await evening.do(ChangeProfile(name="Olive Marsh", phone="+44 20 7946 0958"), owner)
    await evening.do(ChangePreferences(theme=Theme.DARK), owner)
    home, work = [
        UUID((await evening.do(AddAddress(label=label, lines=("1 High Street", "London")), owner))["addressId"])
        for label in ("Home", "Work")
    ]
    await evening.do(ChangeAddress(address_id=work, is_default=True), owner)
    await evening.do(RemoveAddress(address_id=home), owner)
    async with evening.database.transaction():
        await avatars.save(owner.user, avatars.Avatar(b"a picture", "a digest"))
        await vouching.link(ProviderName.GOOGLE, "olive at google", owner.user)
        await pins.put(owner.user, "a hash")
        await passkeys.handle_of(owner.user, b"a handle")
        passkey = PasskeyId(new_id())
        await passkeys.keep_key(passkey, owner.user, "My telephone", NewKey(b"an id", b"a key", 0))
    await evening.do(RemoveAvatar(), owner)
    await evening.do(UnlinkAccount(provider=ProviderName.GOOGLE), owner)
    await evening.do(RemovePin(), owner)
    await evening.do(RemovePasskey(passkey_id=passkey), owner)
