"""A session's sockets: they go on with its next token as if nothing had happened, and close when it ends."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median

import aiohttp
import pytest

from hub.actions.passwords import HASHER
from hub.audience import Room, pass_room, waiters_room
from hub.boards.board import Admission
from hub.caller import API
from hub.domain.refusals import DatabaseBusy
from hub.people import Actor, Role
from hub.store import people
from hub.store.database import Database, connection
from tests.rooms.conftest import Arrives, token_of
from tests.support.houses import House, refresh_token_of
from tests.support.hubs import RunningHub
from tests.support.people import Person

CLOSED_SECONDS_MAX = 2.0
OLD = "the password until now"
OVERLAP_AND_MORE = timedelta(seconds=11)


async def test_a_socket_goes_on_with_the_next_token_and_misses_nothing(arrives: Arrives, house: House) -> None:
    host, waiter = await arrives(Role.HOST), await arrives(token_of(house, Role.WAITER, lasts=timedelta(seconds=2)))
    await waiter.subscribes(waiters_room(house.id))
    first = await waiter.says("authenticate", token_of(house, Role.WAITER, lasts=timedelta(seconds=4)))
    assert first["rooms"] == waiter.heard[0][1]["rooms"]
    for table in ("1", "2"):
        await host.asks("seat_party", tableId=str(house.tables[table]), covers=2)
        assert (await waiter.hears("party_seated"))["tableId"] == str(house.tables[table])
    # By the second token's end, and not by the first one's.
    assert (await waiter.hears("goodbye"))["reason"] == "token_expired"
    assert [name for name, _ in waiter.heard].count("room_closed") == 0


async def test_a_socket_goes_on_while_its_rights_are_looked_at_again(arrives: Arrives, house: House) -> None:
    manager, cook = await arrives(Role.MANAGER), await arrives(Role.COOK)
    await cook.subscribes(pass_room(house.id))
    await manager.asks("take_role", restaurantId=str(house.id), userId=str(house.cook.user), role="cook")
    assert (await cook.says("authenticate", token_of(house, Role.COOK)))["ok"]
    assert (await cook.hears("room_closed"))["room"] == str(pass_room(house.id))


async def test_who_becomes_somebody_else_keeps_no_room_while_nobody_can_say_whether_they_may(
    arrives: Arrives, house: House, hub: RunningHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    cook, admits, was_away = await arrives(Role.COOK), hub.rooms.rights.admit, asyncio.Event()
    await cook.subscribes(pass_room(house.id))

    async def is_away_once(room: Room, by: Actor) -> Admission:
        if not was_away.is_set():
            was_away.set()
            raise DatabaseBusy
        return await admits(room, by)

    monkeypatch.setattr(hub.rooms.rights, "admit", is_away_once)
    host = token_of(house, Role.HOST)
    assert await cook.is_refused("authenticate", host) == "busy"
    closed = await cook.hears("room_closed", where=lambda said: said["room"] == str(pass_room(house.id)))
    assert closed["reason"] == "not_your_job"


async def test_who_logs_out_is_gone_from_every_hub(
    arrives: Arrives, house: House, hub: RunningHub, other_hub: RunningHub
) -> None:
    here, there, other = await arrives(Role.COOK), await arrives(Role.COOK, at=other_hub), await arrives(Role.WAITER)
    for cook in (here, there):
        await cook.subscribes(pass_room(house.id))
    await here.client.emit("log_out", {})
    for cook in (here, there):
        assert await cook.hears("goodbye") == {"reason": "session_over", "retryAfterMs": 0}
        await cook.is_sent_away()
    await other.hears_nothing()
    for at in (hub, other_hub):
        back = Person(at.url, here.token, "tablet")
        assert await back.is_turned_away() == "session_over"


async def test_who_logs_out_everywhere_is_gone_on_all_devices(
    arrives: Arrives, house: House, other_hub: RunningHub
) -> None:
    here, there = await arrives(Role.COOK), await arrives(Role.COOK, at=other_hub)
    await here.asks("log_out_everywhere")
    for cook in (here, there):
        assert (await cook.hears("goodbye"))["reason"] == "session_over"
        await cook.is_sent_away()


async def test_a_stolen_refresh_token_closes_the_sessions_sockets_everywhere_within_two_seconds(
    arrives: Arrives,
    house: House,
    hub: RunningHub,
    other_hub: RunningHub,
    database: Database,
    record_property: Callable[[str, object], None],
) -> None:
    took = list[float]()
    for role in (Role.COOK, Role.WAITER, Role.HOST):
        screens = [await arrives(role), await arrives(role, at=other_hub)]
        stolen = refresh_token_of(house.user(role))
        assert await exchanged(hub, stolen) == 200
        async with database.transaction():
            await connection().execute("update refresh_token set used_at = used_at - $1::interval", OVERLAP_AND_MORE)
        began = time.monotonic()
        assert await exchanged(other_hub, stolen) == 401
        for screen in screens:
            assert (await screen.hears("goodbye"))["reason"] == "session_over"
            await screen.is_sent_away()
        took.append(time.monotonic() - began)
    # A machine that stands still for a second does so once.
    record_property("seconds until its sockets were closed", median(took))
    assert median(took) < CLOSED_SECONDS_MAX


async def test_another_password_closes_the_sockets_of_all_other_devices_on_every_hub(
    arrives: Arrives, house: House, hub: RunningHub, other_hub: RunningHub, database: Database
) -> None:
    cook, email = house.user(Role.COOK), f"cook.{house.user(Role.COOK)}@example.test"
    async with database.transaction():
        await people.set_password(cook, HASHER.hash(OLD))
    there = await hub.hub.sessions.sign_in(email, OLD)
    changing, waiting = await arrives(Role.COOK), await arrives(there.access_token, at=other_hub)
    body = {"current": OLD, "new": "seven tubas at noon"}
    headers = {"Authorization": f"Bearer {changing.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as web,
        web.put(f"{hub.url}{API}/me/password", json=body) as answer,
    ):
        assert (await answer.json())["sessionIds"] == [str(there.session_id)]
    assert (await waiting.hears("goodbye"))["reason"] == "session_over"
    await waiting.is_sent_away()
    await changing.hears_nothing()


async def exchanged(hub: RunningHub, token: str) -> int:
    """The status of asking this hub for the next tokens."""
    body = {"refreshToken": token}
    async with aiohttp.ClientSession() as web, web.post(f"{hub.url}{API}/auth/refresh", json=body) as answer:
        return answer.status
