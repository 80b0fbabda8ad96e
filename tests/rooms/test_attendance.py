"""Who is connected, as operators are told it: by every hub of the house, at whichever one they ask."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from hub import attendance
from hub.audience import pass_room, waiters_room
from hub.caller import API
from hub.follow.pulses import PULSE_BYTES_MAX
from hub.ids import UserId, new_id
from hub.people import Role
from hub.store import people
from hub.store.database import Database
from hub.store.people import Person as StoredPerson
from rooms import pulse
from rooms.messages import DEVICE_LENGTH_MAX
from tests.rooms.conftest import Arrives
from tests.rooms.raw import a_raw
from tests.support.houses import House, begins_shift, token_of
from tests.support.hubs import RunningHub
from tests.support.people import PATIENCE_SECONDS

Asks = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "PULSE_SECONDS", 0.1)
    # Nobody's answer is late, however busy the machine is.
    monkeypatch.setattr(attendance, "ASK_SECONDS_MAX", PATIENCE_SECONDS)


@pytest.fixture
async def asks(database: Database) -> AsyncIterator[Asks]:
    """`await asks(hub, "/connections")`: an operator asks, and is answered."""
    user = UserId(new_id())
    async with database.transaction():
        await people.add(StoredPerson(user, f"{user}@example.test", "Operator", "no hash", is_operator=True))
        await begins_shift(user)
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token_of(user)}"}) as web:

        async def ask(hub: RunningHub, path: str) -> dict[str, Any]:
            async with web.get(f"{hub.url}{API}{path}") as answer:
                assert answer.status == 200, await answer.text()
                said: dict[str, Any] = await answer.json()
                return said

        yield ask


async def know_each_other(*hubs: RunningHub) -> None:
    """Wait until each has heard all of them."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        for hub in hubs:
            while len(hub.hub.attendance.hubs()) < len(hubs):  # noqa: ASYNC110 - nobody tells of it but to operators
                await asyncio.sleep(0.01)


async def test_every_hub_tells_who_is_connected_to_all_of_them(
    arrives: Arrives, house: House, hub: RunningHub, other_hub: RunningHub, asks: Asks
) -> None:
    for at in (hub, hub, other_hub):
        await arrives(Role.COOK, at=at)
    await know_each_other(hub, other_hub)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (said := await asks(other_hub, "/connections"))["sockets"] != 3:
            assert said["sockets"] <= 3
    assert [one["instance"] for one in said["items"]] == [other_hub.hub.instance, hub.hub.instance]
    assert [one["sockets"] for one in said["items"]] == [1, 2]


async def test_a_persons_connections_are_found_at_every_hub(
    arrives: Arrives, house: House, hub: RunningHub, other_hub: RunningHub, asks: Asks
) -> None:
    room = pass_room(house.id)
    grill = await arrives(Role.COOK, device="grill")
    await grill.subscribes(room)
    await arrives(Role.COOK, at=other_hub, device="pass")
    await arrives(Role.WAITER)
    await know_each_other(hub, other_hub)
    found = await asks(hub, f"/people/{house.user(Role.COOK)}/connections")
    assert found["silentHubs"] == []
    assert [(one["device"], one["instance"]) for one in found["items"]] == [
        ("pass", other_hub.hub.instance),
        ("grill", hub.hub.instance),
    ]
    standing = {one["room"]: one["seq"] for one in found["items"][1]["rooms"]}
    assert standing[str(room)] == grill.screens[str(room)].held
    assert (await asks(hub, f"/people/{house.user(Role.HOST)}/connections"))["items"] == []


async def test_a_device_is_told_with_what_it_has_shown(
    arrives: Arrives, house: House, hub: RunningHub, asks: Asks
) -> None:
    room = str(waiters_room(house.id))
    waiter, host = await arrives(Role.WAITER), await arrives(Role.HOST)
    await waiter.subscribes(waiters_room(house.id))
    await host.asks("seat_party", tableId=str(house.tables["1"]), covers=2)
    await waiter.hears("party_seated")
    held = waiter.screens[room].held
    await waiter.says("delivered", {"room": room, "seq": held})
    found = await asks(hub, f"/people/{house.user(Role.WAITER)}/connections")
    (standing,) = (one for one in found["items"][0]["rooms"] if one["room"] == room)
    assert standing["shown"] == held <= standing["seq"]


async def test_a_hub_that_does_not_answer_is_named(
    arrives: Arrives, house: House, hub: RunningHub, other_hub: RunningHub, asks: Asks, monkeypatch: pytest.MonkeyPatch
) -> None:
    await arrives(Role.COOK)
    await arrives(Role.COOK, at=other_hub)
    await know_each_other(hub, other_hub)
    monkeypatch.setattr(attendance, "ASK_SECONDS_MAX", 0.5)
    monkeypatch.setattr(other_hub.hub.attendance, "_say", lambda said: None)
    found = await asks(hub, f"/people/{house.user(Role.COOK)}/connections")
    assert found["silentHubs"] == [other_hub.hub.instance]
    assert [one["instance"] for one in found["items"]] == [hub.hub.instance]
    assert found["inAll"] == 1


async def test_of_many_connections_with_long_names_those_are_told_that_fit_and_all_are_counted(
    arrives: Arrives, house: House, hub: RunningHub, other_hub: RunningHub, asks: Asks
) -> None:
    # In JSON, and in UTF-8, that is four bytes each.
    for n in range(12):
        person = await arrives(Role.COOK, at=other_hub, device=f"{n:02}".ljust(DEVICE_LENGTH_MAX, "\N{COOKING}"))
        await person.subscribes(pass_room(house.id))
    await know_each_other(hub, other_hub)
    found = await asks(hub, f"/people/{house.user(Role.COOK)}/connections")
    assert found["inAll"] == 12
    assert PULSE_BYTES_MAX / 1_000 < len(found["items"]) < 12
    assert found["items"][0]["device"].startswith("11")
    assert found["silentHubs"] == []


async def test_half_a_character_for_a_device_hides_nobody_from_operators(
    house: House, hub: RunningHub, other_hub: RunningHub, asks: Asks
) -> None:
    token = house.token(Role.COOK)
    async with a_raw(other_hub.url) as raw:
        await raw.says(f'40{{"token":"{token}","deviceId":"\\ud800"}}')
        assert '"code":"invalid"' in await raw.hears("44")
    async with a_raw(other_hub.url) as raw:
        await raw.connects(token)
        await know_each_other(hub, other_hub)
        found = await asks(hub, f"/people/{house.user(Role.COOK)}/connections")
    assert (len(found["items"]), found["silentHubs"]) == (1, [])
