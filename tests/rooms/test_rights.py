"""What somebody may see changes while they look: the room closes at once, on every hub, and they are told why."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from hub.actions.identity import Identities
from hub.audience import order_room, pass_room, table_room, user_room, waiters_room
from hub.domain.refusals import DatabaseUnavailable
from hub.people import Role
from hub.store import ledger, people
from hub.store.database import Database
from rooms import rights
from tests.rooms.conftest import Arrives, token_of
from tests.support.houses import House
from tests.support.hubs import RunningHub
from tests.support.people import Person


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


async def test_who_gains_a_role_may_enter_at_once(arrives: Arrives, house: House, other_hub: RunningHub) -> None:
    manager = await arrives(Role.MANAGER)
    waiter = await arrives(Role.WAITER, at=other_hub)
    assert await waiter.is_refused("subscribe", {"room": str(pass_room(house.id))}) == "not_your_job"
    await manager.asks("give_role", restaurantId=str(house.id), userId=str(house.waiter.user), role="expo")
    await waiter.hears("your_rights_changed")
    await waiter.hears_nothing()
    async with asyncio.timeout(5):
        while not (await waiter.says("subscribe", {"room": str(pass_room(house.id))}))["ok"]:
            pass


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

    async def actor(identities: Identities, token: str) -> Any:
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
    owner = await Database.open(database_url, as_owner=True)
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
    owner = await Database.open(database_url, as_owner=True)
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
