"""Real sockets that come back: from memory, without a question, and never with rights that are known to be over."""

import asyncio
from typing import Any

import pytest

from hub.audience import pass_room, restaurant_scope, table_room, user_room, waiters_room
from hub.commands.floor import RemoveTable
from hub.commands.people import TakeRole
from hub.follow import LedgerPages
from hub.people import Role
from rooms.subscribing import Subscriptions
from tests.rooms.conftest import Arrives
from tests.support.houses import House
from tests.support.hubs import RunningHub
from tests.support.ledgers import record
from tests.support.questions import questions_to

TABLETS = 20
TIMES = 50


async def test_tablets_that_lost_the_network_come_back_without_a_question(
    arrives: Arrives, house: House, hub: RunningHub
) -> None:
    rooms = [pass_room(house.id), waiters_room(house.id)]
    tablets = [await arrives(Role.MANAGER, device=f"{number}") for number in range(TABLETS)]
    for tablet in tablets:
        for room in rooms:
            await tablet.subscribes(room)
        await tablet.loses_the_network()
    recorded = await record(hub.hub.database, restaurant_scope(house.id), *[rooms] * 3)
    with questions_to(hub.hub.database) as asked:
        for tablet in tablets:
            await tablet.returns(hub.url)
            await tablet.hears("authenticated")
            for room in rooms:
                screen = tablet.screens[str(room)]
                assert (screen.recovered, screen.held) == (True, recorded.entries[-1].seq)
    assert asked.count == 0


async def test_a_thousand_subscriptions_on_open_sockets_ask_nothing(
    arrives: Arrives, house: House, hub: RunningHub
) -> None:
    room = pass_room(house.id)
    for number in range(TABLETS):
        await (await arrives(Role.COOK, device=f"{number}")).subscribes(room)
    subscriptions: Subscriptions = hub.rooms.subscriptions
    with questions_to(hub.hub.database) as asked:
        for _ in range(TIMES):
            for socket in hub.rooms.sockets:
                opened = await subscriptions.open(socket, room, since=0)
                assert opened.recovered
                await subscriptions.open_own_rooms(socket)
    assert asked.count == 0
    assert len(hub.rooms.members.of_room(str(room))) == TABLETS


async def test_who_comes_back_is_told_the_same_as_who_is_looked_up(
    arrives: Arrives, house: House, hub: RunningHub
) -> None:
    await arrives(Role.COOK)
    (socket,) = hub.rooms.sockets
    subscriptions: Subscriptions = hub.rooms.subscriptions
    looked_up = await subscriptions.open_own_rooms(socket)
    places = set(socket.places)
    at_sight = subscriptions.open_own_rooms_at_sight(socket)
    assert at_sight is not None
    assert at_sight.model_dump(exclude={"at", "behind_seconds"}) == looked_up.model_dump(
        exclude={"at", "behind_seconds"}
    )
    assert set(socket.places) == places == set(at_sight.rooms)


async def test_nothing_is_decided_at_sight_before_what_was_said_earlier(
    arrives: Arrives, house: House, hub: RunningHub
) -> None:
    await arrives(Role.COOK)
    (socket,) = hub.rooms.sockets
    async with socket.turn(str(user_room(house.user(Role.COOK)))):
        assert hub.rooms.subscriptions.open_own_rooms_at_sight(socket) is None
    assert hub.rooms.subscriptions.open_own_rooms_at_sight(socket) is not None


async def test_whose_rights_are_being_read_again_is_nobody_at_sight(
    arrives: Arrives, house: House, hub: RunningHub
) -> None:
    await arrives(Role.COOK)
    (socket,) = hub.rooms.sockets
    socket.actor = None
    assert hub.rooms.subscriptions.open_own_rooms_at_sight(socket) is None


# ---------------------------------------------------------------------- what is over, and not yet heard here


@pytest.fixture
def may_look(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Until this is set no sweep looks, and the house's own deeds, done behind the hub's back, are not heard of."""
    may_look, heads = asyncio.Event(), LedgerPages.heads

    async def look_when_told(pages: LedgerPages, scopes: Any) -> Any:
        await may_look.wait()
        return await heads(pages, scopes)

    monkeypatch.setattr(LedgerPages, "heads", look_when_told)
    return may_look


async def test_who_enters_before_it_is_heard_that_they_may_not_is_out_when_it_is(
    arrives: Arrives, house: House, hub: RunningHub, may_look: asyncio.Event
) -> None:
    room = str(pass_room(house.id))
    cook = await arrives(Role.COOK)
    since = (await cook.subscribes(room)).held
    await cook.says("unsubscribe", {"room": room})
    taking = TakeRole(restaurant_id=house.id, user_id=house.user(Role.COOK), role=Role.COOK)
    await house.deeds.do(taking, by=house.owner)
    assert (await cook.says("subscribe", {"room": room, "since": since}))["ok"]
    may_look.set()
    assert await cook.hears("room_closed") == {"room": room, "reason": "not_found"}
    assert await cook.is_refused("subscribe", {"room": room}) == "not_found"
    assert not hub.rooms.members.of_room(room)
    assert (await cook.says("subscribe", {"room": str(user_room(house.user(Role.COOK)))}))["ok"]


async def test_who_enters_before_it_is_heard_that_the_table_is_gone_is_out_when_it_is(
    arrives: Arrives, house: House, hub: RunningHub, may_look: asyncio.Event
) -> None:
    room = str(table_room(house.tables["6"]))
    waiter = await arrives(Role.WAITER)
    since = (await waiter.subscribes(room)).held
    await waiter.says("unsubscribe", {"room": room})
    await house.deeds.do(RemoveTable(table_id=house.tables["6"]), by=house.manager)
    assert (await waiter.says("subscribe", {"room": room, "since": since}))["ok"]
    may_look.set()
    assert await waiter.hears("room_closed") == {"room": room, "reason": "table_removed"}
    assert await waiter.is_refused("subscribe", {"room": room}) == "not_found"
    assert not hub.rooms.members.of_room(room)
