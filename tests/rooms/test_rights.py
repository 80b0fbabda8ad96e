"""Who may enter which room, and what somebody may see changes while they look: the room closes at once, on every hub,
and they are told why."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from hub.actions import operators
from hub.actions.identity import Identities
from hub.audience import (
    ANNOUNCEMENTS,
    OPS,
    PLATFORM,
    Room,
    RoomKind,
    announcements_room,
    item_room,
    order_room,
    pass_room,
    station_room,
    table_room,
    user_room,
    waiters_room,
)
from hub.commands.people import Announce
from hub.domain.refusals import DatabaseUnavailable
from hub.ids import OrderId, UserId, new_id
from hub.people import Role
from hub.rights import STAFF
from hub.store import audit, floor, ledger, people
from hub.store.audit import Sought
from hub.store.database import Database, connection
from hub.store.people import Person as StoredPerson
from rooms import rights
from tests.rooms.conftest import Arrives, token_of
from tests.support import houses
from tests.support.databases import open_database
from tests.support.houses import House, a_house
from tests.support.hubs import RunningHub
from tests.support.people import Person
from tests.support.rights import LET_IN, Holds, differences, in_a_room
from tests.support.tablets import a_tablet, has_pin


async def test_every_room_is_entered_by_whom_the_table_says_and_nobody_else(
    arrives: Arrives,
    hub: RunningHub,
    house: House,
    database: Database,
    record_property: Callable[[str, object], None],
) -> None:
    elsewhere = await a_house(database, name="Elsewhere")
    order, foreign_order = [(await one.fires("1", one.line("Soup"))).order_id for one in (house, elsewhere)]
    operator, link = await _an_operator(database), house.tokens.order_link(house.id, order, datetime.now(UTC))
    people_there: list[tuple[Holds, str, UserId | None]] = [
        (Holds("an operator", is_operator=True), houses.token_of(operator), operator),
        (Holds("a guest", frozenset({Role.GUEST}), has_account=False), await _link_of_party(house, "1"), None),
        (Holds("who follows an order", has_account=False, has_link_of_order=True), link, None),
        (
            Holds("a manager with a PIN", frozenset({Role.MANAGER}), is_at_device=True),
            await _token_at_tablet(hub, house, Role.MANAGER),
            house.user(Role.MANAGER),
        ),
        *((Holds(role, frozenset({role})), token_of(house, role), house.user(role)) for role in sorted(STAFF)),
    ]
    said, demanded = dict[tuple[str, ...], str](), dict[tuple[str, ...], str]()
    for holds, token, user in people_there:
        person = await arrives(token)
        for its, its_order, its_user in ((house, order, user), (elsewhere, foreign_order, elsewhere.user(Role.COOK))):
            for kind, room in _rooms_of(its, its_order, its_user or house.user(Role.COOK)).items():
                answer = await person.says("subscribe", {"room": str(room)})
                cell = (holds.name, kind, "own" if its is house else "foreign")
                said[cell] = LET_IN if answer["ok"] else answer["error"]["code"]
                demanded[cell] = in_a_room(kind, holds, is_own=its is house)
    assert not differences(said, demanded)
    assert len(said) == len(people_there) * len(RoomKind) * 2
    record_property("cells of rooms", len(said))


def _rooms_of(house: House, order: OrderId, user: UserId) -> dict[RoomKind, Room]:
    """One of each kind."""
    rooms = (
        pass_room(house.id),
        station_room(house.id, house.stations["Cold"]),
        waiters_room(house.id),
        table_room(house.tables["1"]),
        order_room(order),
        item_room(house.items["Soup"].id),
        user_room(user),
        ANNOUNCEMENTS,
        OPS,
    )
    return {room.kind: room for room in rooms}


async def _an_operator(database: Database) -> UserId:
    user = UserId(new_id())
    async with database.transaction():
        await people.add(StoredPerson(user, "operator@example.test", "Op", "no hash", is_operator=True))
        await houses.begins_shift(user)
    return user


async def _token_at_tablet(hub: RunningHub, house: House, role: Role) -> str:
    await has_pin(hub.hub, house, role)
    tablet = await a_tablet(hub.hub, house)
    token: str = (await tablet.is_tapped(house.user(role))).access_token
    return token


async def _link_of_party(house: House, table: str) -> str:
    async with house.database.snapshot():
        placed = await floor.table(house.tables[table], by=house.waiter)
    assert placed is not None
    assert placed.table.seating is not None
    return house.tokens.seating_link(house.id, house.tables[table], placed.table.seating.id, datetime.now(UTC))


async def test_who_loses_a_role_loses_its_rooms_on_every_hub(
    arrives: Arrives, house: House, hub: RunningHub, other_hub: RunningHub
) -> None:
    manager = await arrives(Role.MANAGER)
    cooks = [await arrives(Role.COOK, at=at) for at in (hub, other_hub)]
    room = str(pass_room(house.id))
    for cook in cooks:
        await cook.subscribes(room)
    await manager.asks("take_role", restaurantId=str(house.id), userId=str(house.cook.user), role="cook")
    for cook in cooks:
        assert await cook.hears("room_closed") == {"room": room, "reason": "not_found"}
        assert [name for name, _ in cook.heard].count("your_rights_changed") == 1
        assert await cook.is_refused("subscribe", {"room": room}) == "not_found"
        assert (await cook.says("subscribe", {"room": str(user_room(house.user(Role.COOK)))}))["ok"]


async def test_what_is_said_to_a_role_is_heard_by_it_alone_and_until_it_is_taken_away(
    arrives: Arrives, house: House, other_hub: RunningHub
) -> None:
    manager, cook = await arrives(Role.MANAGER), await arrives(Role.COOK, at=other_hub)
    room = str(announcements_room(Role.COOK))
    assert await manager.is_refused("subscribe", {"room": room}) == "not_found"
    await cook.subscribes(room)
    operator = replace(house.owner, is_operator=True)
    await house.deeds.do(Announce(title="Cooks", message="A shorter menu.", role=Role.COOK), by=operator)
    said = await cook.hears("system_announcement")
    assert (said["room"], said["title"], said["role"]) == (room, "Cooks", "cook")
    await manager.hears_nothing()
    await manager.asks("take_role", restaurantId=str(house.id), userId=str(house.cook.user), role="cook")
    assert await cook.hears("room_closed") == {"room": room, "reason": "not_found"}


async def test_whoever_is_appointed_sees_the_hubs_until_they_are_dismissed(
    arrives: Arrives, house: House, database: Database, other_hub: RunningHub
) -> None:
    """Appointed at the machine itself, beside any hub, which therefore hears of it from the ledger alone."""
    cook, email = await arrives(Role.COOK, at=other_hub), "cook@b.example"
    async with database.transaction():
        await connection().execute("update person set email = $2 where id = $1", house.user(Role.COOK), email)
    assert await cook.is_refused("subscribe", {"room": str(OPS)}) == "not_found"
    assert await operators.become(database, email, is_operator=True)
    assert not await operators.become(database, email, is_operator=True)
    assert email in await operators.emails(database)
    async with asyncio.timeout(5):
        while not (await cook.says("subscribe", {"room": str(OPS)}))["ok"]:
            pass
    assert await operators.become(database, email, is_operator=False)
    assert await cook.hears("room_closed") == {"room": str(OPS), "reason": "not_found"}
    async with database.snapshot():
        noted = await audit.entries(PLATFORM, Sought(entity_id=str(house.user(Role.COOK))), limit=5)
    assert [one.action for one in noted] == [operators.DISMISS, operators.APPOINT]
    with pytest.raises(operators.NobodyThere):
        await operators.become(database, "nobody@b.example", is_operator=True)


async def test_who_gains_a_role_may_enter_at_once(arrives: Arrives, house: House, other_hub: RunningHub) -> None:
    manager = await arrives(Role.MANAGER)
    waiter = await arrives(Role.WAITER, at=other_hub)
    assert await waiter.is_refused("subscribe", {"room": str(pass_room(house.id))}) == "not_your_job"
    await manager.asks("give_role", restaurantId=str(house.id), userId=str(house.waiter.user), role="expo")
    await waiter.hears("your_rights_changed")
    # Whoever hears of it tries it at once.
    assert (await waiter.says("subscribe", {"room": str(pass_room(house.id))}))["ok"]


async def test_rights_that_change_while_a_room_is_opened_are_those_that_count(
    arrives: Arrives, house: House, hub: RunningHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager, cook = await arrives(Role.MANAGER), await arrives(Role.COOK)
    load = _slowed(monkeypatch, hub)
    subscribing = asyncio.create_task(cook.says("subscribe", {"room": str(pass_room(house.id))}))
    await load.has_begun.wait()
    await manager.asks("take_role", restaurantId=str(house.id), userId=str(house.cook.user), role="cook")
    load.may_end.set()
    answer = await subscribing
    assert answer["error"]["code"] == "not_found"
    assert not hub.rooms.members.of_room(str(pass_room(house.id)))


async def test_a_token_that_is_read_while_rights_change_is_read_again(
    arrives: Arrives, house: House, hub: RunningHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = await arrives(Role.MANAGER)
    grants_of = people.grants_of
    has_begun, may_end = asyncio.Event(), asyncio.Event()

    async def read_slowly(user: Any) -> Any:
        held = await grants_of(user)
        if user == house.cook.user and not has_begun.is_set():
            has_begun.set()
            await may_end.wait()
        return held

    monkeypatch.setattr("hub.actions.identity.people.grants_of", read_slowly)
    cook = Person(hub.url, token_of(house, Role.COOK), "tablet")
    arriving = asyncio.create_task(cook.connects())
    await has_begun.wait()
    await manager.asks("take_role", restaurantId=str(house.id), userId=str(house.cook.user), role="cook")
    may_end.set()
    await arriving
    assert await cook.is_refused("subscribe", {"room": str(pass_room(house.id))}) == "not_found"
    await cook.leaves()


async def test_a_party_that_leaves_is_told_and_out(arrives: Arrives, house: House, other_hub: RunningHub) -> None:
    host = await arrives(Role.HOST)
    table = str(house.tables["1"])
    link = (await host.asks("seat_party", tableId=table, covers=2))["guestLink"]
    guest, waiter = await arrives(link, at=other_hub), await arrives(Role.WAITER)
    placed = await guest.asks(
        "place_order",
        restaurantId=str(house.id),
        kind="dine_in",
        tableId=table,
        lines=[{"itemId": str(house.items["Soup"].id), "quantity": 1}],
    )
    rooms = [str(table_room(house.tables["1"])), str(order_room(placed["orderId"]))]
    for room in rooms:
        await guest.subscribes(room)
    await waiter.subscribes(rooms[0])
    await waiter.asks("cancel_order", orderId=placed["orderId"])
    for status in ("dirty", "free"):
        await host.says("set_table_status", {"tableId": table, "status": status})
    closed = [await guest.hears("room_closed") for _ in rooms]
    assert {said["room"] for said in closed} == set(rooms)
    assert {said["reason"] for said in closed} == {"party_left"}
    names = [name for name, said in guest.heard if said.get("room") == rooms[0]]
    assert names.index("party_left") < names.index("room_closed")
    assert await guest.is_refused("subscribe", {"room": rooms[0]}) == "not_found"
    await waiter.hears("table_status_changed", where=lambda said: said["status"] == "free")
    assert waiter.screens[rooms[0]].is_open


async def test_who_cannot_be_judged_is_cut_off(
    arrives: Arrives, house: House, hub: RunningHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rights, "JUDGING_SECONDS_MAX", 0.3)
    manager, cook = await arrives(Role.MANAGER), await arrives(Role.COOK)
    await cook.subscribes(pass_room(house.id))
    read = Identities.actor

    async def actor(identities: Identities, token: str, address: Any = None) -> Any:
        if token == cook.token:
            raise DatabaseUnavailable
        return await read(identities, token)

    monkeypatch.setattr(Identities, "actor", actor)
    await manager.asks("take_role", restaurantId=str(house.id), userId=str(house.cook.user), role="cook")
    await cook.is_sent_away()


async def test_another_platform_ledger_lets_everybody_be_judged_again(
    arrives: Arrives, house: House, hub: RunningHub, database_url: str, database: Database
) -> None:
    cook = await arrives(Role.COOK)
    room = str(pass_room(house.id))
    await cook.subscribes(room)
    async with database.transaction():
        # As in a restored database: no entry says so.
        await people.set_roles(house.user(Role.COOK), house.id, frozenset())
    owner = await open_database(database_url, as_owner=True)
    async with owner.transaction():
        await ledger.new_epoch()
    await owner.close()
    await hub.hub.followers.settle()
    # Which of the two ledgers is found out first decides in which words they hear it.
    await cook.hears("room_reset", "room_closed", where=lambda said: said["room"] == room)
    assert await cook.is_refused("subscribe", {"room": room}) == "not_found"


async def test_a_reset_room_is_subscribed_to_afresh(
    arrives: Arrives, house: House, hub: RunningHub, other_hub: RunningHub, database_url: str
) -> None:
    waiters = [await arrives(Role.WAITER, at=at) for at in (hub, other_hub)]
    room = str(waiters_room(house.id))
    for waiter in waiters:
        await waiter.subscribes(room)
    owner = await open_database(database_url, as_owner=True)
    async with owner.transaction():
        await ledger.new_epoch()
    await owner.close()
    for waiter in waiters:
        said = await waiter.hears("room_reset", where=lambda said: said["room"] == room)
        screen = waiter.screens[room]
        answer = await waiter.turns_to(room, since=screen.held, epoch=screen.epoch)
        assert (answer["recovered"], answer["epoch"]) == (False, said["epoch"])
    host = await arrives(Role.HOST)
    await host.asks("seat_party", tableId=str(house.tables["1"]), covers=2)
    for waiter in waiters:
        await waiter.hears("party_seated")


class _Slowed:
    def __init__(self) -> None:
        self.has_begun, self.may_end = asyncio.Event(), asyncio.Event()


def _slowed(monkeypatch: pytest.MonkeyPatch, hub: RunningHub) -> _Slowed:
    """Boards are read, and then kept back until they may go on."""
    from hub.boards import opening

    load: Callable[..., Awaitable[Any]] = opening.boards.load
    slowed = _Slowed()

    async def load_slowly(room: Any) -> Any:
        board = await load(room)
        slowed.has_begun.set()
        await slowed.may_end.wait()
        return board

    monkeypatch.setattr(opening.boards, "load", load_slowly)
    return slowed


async def test_who_watches_a_table_hears_that_it_is_gone_and_is_out(arrives: Arrives, house: House) -> None:
    waiter, manager = await arrives(Role.WAITER), await arrives(Role.MANAGER)
    table = str(house.tables["6"])
    await waiter.subscribes(f"table:{table}")
    assert (await manager.asks("remove_table", tableId=table))["ok"]
    assert (await waiter.hears("table_removed"))["tableId"] == table
    assert (await waiter.hears("room_closed"))["reason"] == "table_removed"
    assert await waiter.is_refused("subscribe", {"room": f"table:{table}"}) == "not_found"
