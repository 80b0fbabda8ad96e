"""Coming back, on two hubs: no chain is ever broken, nothing is shown twice, and all screens end up the same."""

import asyncio
import random
from collections import Counter

import pytest

from hub.audience import RoomKind, pass_room, restaurant_scope, table_room, waiters_room
from hub.limits import SUBSCRIPTIONS
from hub.people import Role
from hub.store.database import Database
from tests.rooms.conftest import Arrives
from tests.support.houses import House
from tests.support.hubs import RunningHub
from tests.support.ledgers import record

CLIENTS = 20
ENTRIES = 600
WRITERS = 4


async def test_a_screen_that_comes_back_is_told_only_what_it_missed(
    arrives: Arrives, house: House, hub: RunningHub, other_hub: RunningHub
) -> None:
    room, scope = waiters_room(house.id), restaurant_scope(house.id)
    waiter = await arrives(Role.WAITER)
    await record(hub.hub.database, scope, (room,))
    screen = await waiter.subscribes(room)
    await record(hub.hub.database, scope, (room,), (pass_room(house.id),))
    await waiter.hears("ticket_rushed")
    await waiter.loses_the_network()
    last = (await record(hub.hub.database, scope, (room,), (pass_room(house.id),), (room,))).entries[-1].seq
    await waiter.returns(other_hub.url)
    assert screen.recovered is True
    assert screen.seqs == [2, 4, 6]
    assert screen.held == last
    await record(hub.hub.database, scope, (room,))
    await waiter.hears_up_to(room, last + 1)


async def test_a_long_absence_is_made_up_for_page_by_page(arrives: Arrives, house: House, hub: RunningHub) -> None:
    room, scope = waiters_room(house.id), restaurant_scope(house.id)
    waiter = await arrives(Role.WAITER)
    await waiter.subscribes(room)
    await waiter.says("unsubscribe", {"room": str(room)})
    await record(hub.hub.database, scope, *[(room,)] * 1_200)
    screen = await waiter.subscribes(room, since=0)
    assert screen.seqs == list(range(1, 1_201))
    assert screen.recovered is True
    assert len(hub.rooms.members.of_room(str(room))) == 1


async def test_a_page_with_more_to_come_is_not_being_in_the_room(
    arrives: Arrives, house: House, hub: RunningHub
) -> None:
    room, scope = waiters_room(house.id), restaurant_scope(house.id)
    waiter = await arrives(Role.WAITER)
    await record(hub.hub.database, scope, *[(room,)] * 501)
    answer = await waiter.turns_to(room, since=0)
    assert (answer["more"], answer["seq"], len(answer["entries"])) == (True, 500, 500)
    assert hub.rooms.members.of_room(str(room)) == ()
    await record(hub.hub.database, scope, (room,))
    await waiter.hears_nothing()


async def test_subscribing_again_is_hearing_once(arrives: Arrives, house: House, hub: RunningHub) -> None:
    room, scope = waiters_room(house.id), restaurant_scope(house.id)
    waiter = await arrives(Role.WAITER)
    for _ in range(3):
        await waiter.subscribes(room)
    await record(hub.hub.database, scope, (room,))
    await waiter.hears("ticket_rushed")
    await waiter.hears_nothing()
    assert hub.metric("brigade_sockets", room_kind=RoomKind.WAITERS) == 1


async def test_a_messages_turn_is_its_rooms(arrives: Arrives, house: House, hub: RunningHub) -> None:
    """Whatever a client sends about one room is done in that order, and the last message counts."""
    waiter = await arrives(Role.WAITER)
    room = str(waiters_room(house.id))
    for name in ("subscribe", "unsubscribe") * 5:
        await waiter.client.emit(name, {"room": room})
    await waiter.says("unsubscribe", {"room": room})
    assert hub.rooms.members.of_room(room) == ()
    for name in ("unsubscribe", "subscribe") * 5:
        await waiter.client.emit(name, {"room": room})
    await waiter.subscribes(room)
    assert len(hub.rooms.members.of_room(room)) == 1


@pytest.mark.parametrize("seed", range(3))
async def test_screens_that_come_and_go_on_two_hubs_while_much_happens_all_end_up_the_same(
    arrives: Arrives, house: House, hub: RunningHub, other_hub: RunningHub, seed: int
) -> None:
    chance = random.Random(seed)
    room, other, scope = waiters_room(house.id), table_room(house.tables["1"]), restaurant_scope(house.id)
    hubs = (hub, other_hub)
    people = [await arrives(Role.WAITER, at=chance.choice(hubs), device=f"{n}") for n in range(CLIENTS)]
    first = [await person.subscribes(room) for person in people]
    assert all(screen.held == 0 for screen in first)
    is_over = asyncio.Event()

    async def write(database: Database, entries: int) -> None:
        for _ in range(entries):
            rooms = chance.choice([(room,), (other,), (room, other)])
            await record(database, scope, *[rooms] * chance.choice([1, 1, 1, 3]))

    async def come_and_go(number: int) -> None:
        person = people[number]
        while not is_over.is_set():
            match chance.randrange(4):
                case 0:
                    await person.loses_the_network()
                    await person.returns(chance.choice(hubs).url)
                case 1:
                    screen = person.screens[str(room)]
                    await person.subscribes(room, since=screen.held, epoch=screen.epoch)
                case 2:
                    await person.says("unsubscribe", {"room": str(room)})
                    screen = person.screens[str(room)]
                    await person.subscribes(room, since=screen.held)
                case _:
                    await asyncio.sleep(0)
                    await person.says("unsubscribe", {"room": "announcements"})

    async with asyncio.timeout(60), asyncio.TaskGroup() as screens:
        for number in range(CLIENTS):
            screens.create_task(come_and_go(number))
        try:
            async with asyncio.TaskGroup() as writers:
                for number in range(WRITERS):
                    writers.create_task(write(hubs[number % 2].hub.database, ENTRIES // WRITERS))
        finally:
            # Also when a screen is broken: a client of python-socketio may take no notice of being cancelled.
            is_over.set()
    async with hub.hub.database.snapshot() as line:
        wanted = [
            row["seq"]
            for row in await line.fetch(
                "select seq from ledger where scope = $1 and rooms @> array[$2::text] order by seq", scope, str(room)
            )
        ]
    for person in people:
        screen = await person.hears_up_to(room, wanted[-1])
        assert Counter(screen.seqs) == Counter(wanted), person.device
        assert screen.seqs == wanted
        person.checks()


async def test_a_socket_that_asks_for_rooms_again_and_again_is_told_to_wait(arrives: Arrives) -> None:
    busy, calm = await arrives(Role.WAITER), await arrives(Role.WAITER)
    codes = set[str]()
    for _ in range(SUBSCRIPTIONS.limit + 50):
        answer = await busy.says("subscribe", {"room": "announcements"})
        if not answer["ok"]:
            codes.add(answer["error"]["code"])
            assert answer["error"]["retryAfterSeconds"] >= 1
            break
    assert codes == {"rate_limited"}
    assert (await calm.says("subscribe", {"room": "announcements"}))["ok"], "the same person's other screen goes on"
