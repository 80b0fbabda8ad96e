"""Coming in: who is let in, who has to say who they are, and when a shift ends."""

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import orjson
import pytest
import socketio.exceptions

from hub.audience import item_room, pass_room, table_room, user_room, waiters_room
from hub.people import Actor, Role
from rooms import rights
from rooms.frames import MESSAGE_BYTES_MAX
from tests.rooms.conftest import Arrives, token_of
from tests.rooms.raw import ADDRESS, PATIENCE_SECONDS, a_raw
from tests.support.houses import House
from tests.support.hubs import RunningHub, a_hub
from tests.support.people import Person


async def test_who_shows_a_token_is_told_which_rooms_they_are_in(
    arrives: Arrives, house: House, hub: RunningHub
) -> None:
    person = await Person.arrives(hub.url, token_of(house, Role.COOK))
    name, said = next(heard for heard in person.heard if heard[0] == "authenticated")
    assert name == "authenticated"
    assert said["userId"] == str(house.cook.user)
    assert set(said["rooms"]) == {str(user_room(house.user(Role.COOK))), "announcements"}
    assert all(set(place) == {"seq", "epoch"} for place in said["rooms"].values())
    await person.leaves()


async def test_who_is_cut_off_while_they_are_looked_up_leaves_nobody_behind(
    hub: RunningHub, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    identities, is_asked, go_on = hub.hub.identities, asyncio.Event(), asyncio.Event()
    look_up = identities.actor

    async def slowly(token: str, *address: Any) -> Actor:
        is_asked.set()
        await go_on.wait()
        return await look_up(token)

    monkeypatch.setattr(identities, "actor", slowly)
    async with a_raw(hub.url) as raw, asyncio.timeout(PATIENCE_SECONDS):
        await raw.says(f'40{{"token":"{token_of(house, Role.COOK)}"}}')
        await is_asked.wait()
        (link,) = hub.rooms.engine.sockets.values()
        link.evict("never_connected")
        await link.ended
        go_on.set()
        await asyncio.gather(*hub.rooms.engine._under_way)
    assert len(hub.rooms.sockets) == 0
    assert not hub.rooms.sockets.of_user(house.user(Role.COOK))
    assert not hub.rooms._server.manager._is_in


async def test_a_bad_token_is_refused_with_a_code_and_a_sentence(hub: RunningHub, house: House) -> None:
    expired = token_of(house, Role.COOK, lasts=timedelta(seconds=-1))
    for token, code in (("forged", "token_invalid"), (expired, "token_expired"), ("", "invalid")):
        person = Person(hub.url, token, "tablet")
        refused: list[dict[str, Any]] = []
        person.client.on("connect_error", refused.append)
        with pytest.raises(socketio.exceptions.ConnectionError):
            await person.connects()
        assert refused[0]["data"]["code"] == code
        assert refused[0]["data"]["message"] == refused[0]["message"]


async def test_nobody_may_listen_to_nothing(arrives: Arrives, house: House) -> None:
    nobody = await arrives(None)
    assert await nobody.is_refused("subscribe", {"room": str(waiters_room(house.id))}) == "not_signed_in"
    assert await nobody.is_refused("seat_party", {"tableId": str(house.tables["1"]), "covers": 2}) == "not_signed_in"


async def test_nobody_becomes_somebody_with_a_token(arrives: Arrives, house: House) -> None:
    person = await arrives(None)
    assert await person.is_refused("authenticate", "forged") == "token_invalid"
    assert await person.is_refused("authenticate", {"token": "an object"}) == "invalid"
    answer = await person.says("authenticate", token_of(house, Role.WAITER))
    assert answer["ok"]
    said = await person.hears("authenticated")
    assert answer == {"ok": True, **said}
    await person.subscribes(waiters_room(house.id))


async def test_another_persons_token_closes_the_rooms_that_are_not_theirs(arrives: Arrives, house: House) -> None:
    person = await arrives(Role.MANAGER)
    await person.subscribes(waiters_room(house.id))
    await person.subscribes(pass_room(house.id))
    assert (await person.says("authenticate", token_of(house, Role.COOK)))["ok"]
    closed = {said["room"]: said["reason"] for name, said in person.heard if name == "room_closed"}
    assert closed == {
        str(waiters_room(house.id)): "not_your_job",
        str(user_room(house.user(Role.MANAGER))): "not_found",
    }
    assert (await person.says("delivered", {"room": str(pass_room(house.id)), "seq": 0}))["ok"]


async def test_who_stays_nobody_is_sent_away(
    arrives: Arrives, monkeypatch: pytest.MonkeyPatch, hub: RunningHub
) -> None:
    monkeypatch.setattr(rights, "SIGN_IN_SECONDS_MAX", 0.2)
    nobody = await arrives(None)
    assert (await nobody.hears("goodbye"))["reason"] == "not_signed_in"
    await nobody.is_sent_away()
    assert hub.metric("brigade_sockets_evicted_total", reason="not_signed_in") == 1


async def test_a_connection_that_never_becomes_a_socket_is_cut(
    hub: RunningHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rooms.link.CONNECT_SECONDS_MAX", 0.2)
    async with a_raw(hub.url) as raw:
        assert await raw.is_closed_with() == aiohttp.WSCloseCode.ABNORMAL_CLOSURE
    assert hub.metric("brigade_sockets_evicted_total", reason="never_connected") == 1


async def test_the_end_of_a_shift_closes_the_socket(arrives: Arrives, house: House) -> None:
    waiter = await arrives(token_of(house, Role.WAITER, lasts=timedelta(seconds=2)))
    await waiter.subscribes(waiters_room(house.id))
    assert await waiter.hears("goodbye") == {"reason": "token_expired", "retryAfterMs": 0}
    await waiter.is_sent_away()


async def test_a_guests_link_opens_their_table_and_nothing_else(arrives: Arrives, house: House) -> None:
    host = await arrives(Role.HOST)
    table = house.tables["1"]
    link = (await host.asks("seat_party", tableId=str(table), covers=2))["guestLink"]
    guest = await arrives(link)
    screen = await guest.subscribes(table_room(table))
    assert screen.board["tableId"] == str(table)
    await guest.subscribes(item_room(house.items["Soup"].id))
    for room in (table_room(house.tables["2"]), waiters_room(house.id), pass_room(house.id), "ops"):
        assert await guest.is_refused("subscribe", {"room": str(room)}) == "not_found"


async def test_the_handshake_says_what_is_true(hub: RunningHub) -> None:
    async with a_raw(hub.url) as raw:
        kind, said = raw.heard[0][0], orjson.loads(raw.heard[0][1:])
    assert kind == "0"
    assert said.pop("sid").isprintable()
    assert said == {"upgrades": [], "pingInterval": 15_000, "pingTimeout": 10_000, "maxPayload": MESSAGE_BYTES_MAX}


@pytest.mark.parametrize(
    ("origin", "forwarded", "is_welcome"),
    [
        (None, None, True),
        ("http://{host}", None, True),
        ("https://{host}", None, True),
        ("https://screens.example", None, True),
        ("https://evil.example", None, False),
        ("https://evil.example", "evil.example", False),
        ("null", None, False),
        ("", None, False),
        ("https://screens.example.evil.example", None, False),
        ("https://{host}.evil.example", None, False),
        ("ftp://{host}", None, False),
        ("https://user@{host}", None, False),
        ("http://[", None, False),
    ],
)
async def test_only_known_pages_may_connect(
    database_url: str, redis_url: str, origin: str | None, forwarded: str | None, is_welcome: bool
) -> None:
    async with a_hub(database_url, redis_url, allowed_origins=("https://screens.example",)) as hub:
        headers = {} if origin is None else {"Origin": origin.format(host=hub.url.removeprefix("http://"))}
        headers |= {} if forwarded is None else {"X-Forwarded-Host": forwarded, "X-Forwarded-Proto": "https"}
        if is_welcome:
            async with a_raw(hub.url, headers=headers):
                return
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            async with a_raw(hub.url, headers=headers):
                pass
        assert refused.value.status == 403


async def test_pages_of_the_same_origins_may_call_and_connect(database_url: str, redis_url: str) -> None:
    """One list is for both doors. Of the hub's own pages neither asks."""
    allowed = ("https://screens.example", "http://localhost:5173")
    strangers = ("https://screens.example:444", "http://screens.example", "https://a.screens.example", "null")
    async with a_hub(database_url, redis_url, allowed_origins=allowed) as hub, aiohttp.ClientSession(hub.url) as web:
        for origin in (*allowed, *strangers):
            async with web.get("/api/v2/welcome", headers={"Origin": origin}) as answer:
                may_call = answer.headers.get("Access-Control-Allow-Origin") == origin
            try:
                async with a_raw(hub.url, headers={"Origin": origin}):
                    may_connect = True
            except aiohttp.WSServerHandshakeError:
                may_connect = False
            assert (may_call, may_connect) == (origin in allowed, origin in allowed), origin


@pytest.mark.parametrize(
    ("proxies", "forwarded", "is_welcome"),
    [
        ("127.0.0.0/8", "house.example", True),
        ("10.0.0.1, 127.0.0.1", "House.Example", True),
        ("127.0.0.1", "evil.example, house.example", True),
        ("127.0.0.1", "house.example, evil.example", False),
        ("127.0.0.1", None, False),
        ("10.0.0.0/8", "house.example", False),
        ("", "house.example", False),
    ],
)
async def test_a_proxy_is_believed_where_the_house_has_named_it(
    database_url: str, redis_url: str, proxies: str, forwarded: str | None, is_welcome: bool
) -> None:
    async with a_hub(database_url, redis_url, trusted_proxies=proxies) as hub:
        headers = {"Origin": "https://house.example"}
        headers |= {} if forwarded is None else {"X-Forwarded-Host": forwarded}
        if is_welcome:
            async with a_raw(hub.url, headers=headers):
                return
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            async with a_raw(hub.url, headers=headers):
                pass
        assert refused.value.status == 403


@pytest.mark.parametrize(
    "address",
    [
        "/socket.io/?EIO=4&transport=polling",
        "/socket.io/?EIO=3&transport=websocket",
        "/socket.io/?EIO=4&transport=websocket&sid=abc",
        "/socket.io/?transport=websocket",
        "/socket.io/",
        ADDRESS,
    ],
)
async def test_what_is_no_websocket_of_ours_is_a_plain_no(hub: RunningHub, address: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(hub.url + address) as answer:
        assert answer.status == 400
        assert set(await answer.json()) == {"code", "message"}


async def test_compression_is_never_agreed_to(hub: RunningHub) -> None:
    async with a_raw(hub.url, compress=15) as raw:
        assert not raw.websocket.compress


async def test_a_socket_that_leaves_is_nowhere_any_more(arrives: Arrives, house: House, hub: RunningHub) -> None:
    waiter = await arrives(Role.WAITER)
    await waiter.subscribes(waiters_room(house.id))
    assert hub.metric("brigade_sockets", room_kind="waiters") == 1
    ended = [link.ended for link in hub.rooms.engine.sockets.values()]
    await waiter.leaves()
    await asyncio.wait_for(asyncio.gather(*ended), 5)
    assert len(hub.rooms.sockets) == 0
    assert hub.rooms.members.rooms == 0
    assert hub.metric("brigade_sockets", room_kind="waiters") == 0
    assert hub.metric("brigade_connections") == 0
