"""Programs in the rooms: they come in with a key, and are out when it is another."""

import asyncio
from contextlib import suppress
from contextvars import Context
from typing import Any

import pytest
from socketio.exceptions import ConnectionError as Refused

from hub.audience import pass_room, waiters_room
from hub.people import Role
from hub.store import keys
from tests.rooms.conftest import Arrives
from tests.support.houses import House
from tests.support.hubs import RunningHub
from tests.support.waiting import until_somebody_waits


async def a_key(arrives: Arrives, house: House, *scopes: str, **more: Any) -> dict[str, Any]:
    manager = await arrives(Role.MANAGER)
    return await manager.asks("make_key", restaurantId=str(house.id), name="Screen", scopes=list(scopes), **more)


async def test_a_program_enters_the_rooms_its_key_is_for(arrives: Arrives, house: House) -> None:
    program = await arrives((await a_key(arrives, house, "kitchen:watch"))["key"])
    await program.subscribes(pass_room(house.id))
    assert await program.is_refused("subscribe", {"room": str(waiters_room(house.id))}) == "not_your_job"
    assert await program.is_refused("eighty_six_item", {"itemId": str(house.items["Soup"].id)}) == "not_your_job"


async def test_who_revokes_a_key_sends_its_sockets_away_from_every_hub(
    arrives: Arrives, house: House, hub: RunningHub, other_hub: RunningHub
) -> None:
    made = await a_key(arrives, house, "kitchen:watch")
    programs = [await arrives(made["key"], at=at) for at in (hub, other_hub)]
    for program in programs:
        await program.subscribes(pass_room(house.id))
    await (await arrives(Role.OWNER)).asks("revoke_key", keyId=made["keyId"])
    for program in programs:
        assert (await program.hears("goodbye"))["reason"] == "key_over"
        await program.is_sent_away()
    with pytest.raises(Refused):
        await arrives(made["key"], at=other_hub)


async def test_a_rotated_key_sends_away_whoever_came_with_the_old_one(arrives: Arrives, house: House) -> None:
    made = await a_key(arrives, house, "kitchen:watch")
    program = await arrives(made["key"])
    rotated = await (await arrives(Role.OWNER)).asks("rotate_key", keyId=made["keyId"])
    assert (await program.hears("goodbye"))["reason"] == "token_invalid"
    await (await arrives(rotated["key"])).subscribes(pass_room(house.id))


async def test_a_room_closes_that_a_key_is_not_for_any_more(
    arrives: Arrives, house: House, other_hub: RunningHub
) -> None:
    made = await a_key(arrives, house, "kitchen:watch", "floor:watch")
    program, room = await arrives(made["key"], at=other_hub), str(pass_room(house.id))
    await program.subscribes(room)
    await program.subscribes(waiters_room(house.id))
    await (await arrives(Role.OWNER)).asks("change_key", keyId=made["keyId"], scopes=["floor:watch"])
    assert await program.hears("room_closed") == {"room": room, "reason": "not_your_job"}
    assert program.screens[str(waiters_room(house.id))].is_open


async def test_a_key_that_does_not_open_from_here_does_not_connect(arrives: Arrives, house: House) -> None:
    with pytest.raises(Refused):
        await arrives((await a_key(arrives, house, "kitchen:watch", networks=["192.0.2.0/24"]))["key"])


@pytest.mark.parametrize("ends", ["revoke_key", "rotate_key"])
async def test_a_program_that_comes_in_while_its_key_ends_does_not_stay(
    arrives: Arrives, house: House, hub: RunningHub, monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    made, owner = await a_key(arrives, house, "kitchen:watch"), await arrives(Role.OWNER)
    coming = []

    async def lets_it_in_first(*changed: Any) -> None:
        # Its first use is noted by now, behind this deed's lock, and so it was found to open.
        coming.append(asyncio.create_task(arrives(made["key"]), context=Context()))
        await asyncio.create_task(until_somebody_waits(hub.hub.database), context=Context())
        await saves(*changed)

    name = {"revoke_key": "save", "rotate_key": "put_in_place"}[ends]
    saves = getattr(keys, name)
    monkeypatch.setattr(keys, name, lets_it_in_first)
    await owner.asks(ends, keyId=made["keyId"])
    with suppress(Refused):
        # Let in before anything was heard, it is sent away as soon as it is.
        await (await coming[0]).is_sent_away()
