"""The hub held against the official test suites of Engine.IO 4 and Socket.IO 5, case by case.

What of those suites does not apply to a hub, and what is held in its place:

- HTTP long-polling, and the upgrade from it: a hub speaks WebSocket alone. Such requests are refused, even in the name
  of a living session; payloads of many packets, which only polling knows, have nothing here to be held against.
- Binary packets and attachments: they are refused (`test_hostile.py`, `test_frames.py`).
- Namespaces other than `/`: nobody is let in, and asking harms nobody. Whoever leaves `/` has nothing left to be in, so
  the connection ends, which the suites' server keeps.
- Echoes: the suites' server says everything back. A hub acknowledges, and tells what happened.
- A mistake that closes at once: a hub closes at the fifth.

Held elsewhere: `test_connecting.py` (most of the handshake, tokens, who never connects), `test_hostile.py` (ping and
silence, most garbage, what is said before connecting), `test_messages.py` (arguments of all kinds) and `test_link.py`
(WebSocket's own pings and closes).
"""

import asyncio
import json
from typing import Any

import aiohttp
import orjson
import pytest

from hub.audience import waiters_room
from hub.people import Role
from rooms.link import BAD_FRAMES_MAX, PONG_SECONDS_MAX
from tests.rooms.conftest import token_of
from tests.rooms.raw import ADDRESS, PATIENCE_SECONDS, Raw, a_raw
from tests.support.houses import House
from tests.support.hubs import RunningHub

LEAVE_ANNOUNCEMENTS = '["unsubscribe",{"room":"announcements"}]'
"""What anybody may ask at any time, and is answered with a yes."""
OPENING_HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}

REFUSED = '{"message":"Unable to connect"}'
TRANSPORT_UNKNOWN = {"code": 0, "message": "Transport unknown"}
SESSION_UNKNOWN = {"code": 1, "message": "Session ID unknown"}
VERSION_UNSUPPORTED = {"code": 5, "message": "Unsupported protocol version"}


async def is_answered(raw: Raw) -> bool:
    await raw.says(f"42100{LEAVE_ANNOUNCEMENTS}")
    return (await raw.hears("43100[")).startswith('43100[{"ok":true')


def told_at_the_opening(raw: Raw) -> dict[str, Any]:
    return dict(orjson.loads(raw.heard[0].removeprefix("0")))


# ------------------------------------------------------------------ Engine.IO: handshake, polling, upgrade


async def test_the_handshake_has_the_five_fields_of_the_protocol_and_an_id_of_its_own(hub: RunningHub) -> None:
    async with a_raw(hub.url) as raw, a_raw(hub.url) as other:
        told, told_other = told_at_the_opening(raw), told_at_the_opening(other)
    assert set(told) == {"sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload"}
    assert told["pingTimeout"] == PONG_SECONDS_MAX * 1000
    assert isinstance(told["sid"], str)
    assert told["sid"]
    assert told["sid"] != told_other["sid"]


@pytest.mark.parametrize(
    ("query", "refusal"),
    [
        ("EIO=4&transport=polling", TRANSPORT_UNKNOWN),
        ("EIO=4&transport=abc", TRANSPORT_UNKNOWN),
        ("EIO=4", TRANSPORT_UNKNOWN),
        ("transport=websocket", VERSION_UNSUPPORTED),
        ("EIO=abc&transport=websocket", VERSION_UNSUPPORTED),
        ("EIO=3&transport=websocket", VERSION_UNSUPPORTED),
        ("EIO=4&transport=websocket&sid=nobodys", SESSION_UNKNOWN),
    ],
)
async def test_an_opening_handshake_that_asks_for_anything_else_is_refused_in_the_protocols_own_words(
    hub: RunningHub, query: str, refusal: dict[str, Any]
) -> None:
    async with (
        aiohttp.ClientSession(headers=OPENING_HANDSHAKE) as session,
        session.get(f"{hub.url}/socket.io/?{query}") as answer,
    ):
        assert (answer.status, await answer.json()) == (400, refusal)


@pytest.mark.parametrize("method", ["POST", "PUT"])
async def test_a_session_is_opened_with_a_get_and_nothing_else(hub: RunningHub, method: str) -> None:
    async with (
        aiohttp.ClientSession(headers=OPENING_HANDSHAKE) as session,
        session.request(method, hub.url + ADDRESS) as answer,
    ):
        assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("method", "transport", "status"), [("GET", "polling", 400), ("GET", "websocket", 400), ("POST", "polling", 405)]
)
async def test_a_living_session_is_no_way_in_and_is_none_the_worse(
    hub: RunningHub, method: str, transport: str, status: int
) -> None:
    async with a_raw(hub.url) as raw, aiohttp.ClientSession(headers=OPENING_HANDSHAKE) as session:
        await raw.connects()
        sid = told_at_the_opening(raw)["sid"]
        address = f"{hub.url}/socket.io/?EIO=4&transport={transport}&sid={sid}"
        body = "1" if method == "POST" else None
        async with session.request(method, address, data=body) as answer:
            assert answer.status == status
        assert await is_answered(raw)


# ------------------------------------------------------------------ Engine.IO: heartbeat, garbage, close


@pytest.mark.parametrize("pong", ["3", "3probe"])
async def test_a_pong_that_nobody_asked_for_is_no_mistake(hub: RunningHub, pong: str) -> None:
    async with a_raw(hub.url) as raw:
        await raw.says(*[pong] * BAD_FRAMES_MAX)
        await raw.connects()
        await raw.says(*[pong] * BAD_FRAMES_MAX)
        assert await is_answered(raw)
    assert hub.metric("brigade_sockets_evicted_total", reason="garbage") == 0


@pytest.mark.parametrize("frame", ["abc", "4abc", "42{}", f"42abc{LEAVE_ANNOUNCEMENTS}", "2"])
async def test_garbage_counts_from_the_first_packet_on_and_is_never_answered(hub: RunningHub, frame: str) -> None:
    async with a_raw(hub.url) as raw:
        await raw.says(*[frame] * (BAD_FRAMES_MAX - 1))
        await raw.connects()
        await raw.says(frame)
        assert await raw.is_closed_with() == aiohttp.WSCloseCode.POLICY_VIOLATION
        assert [said[:2] for said in raw.heard] == ["0{", "40"]


@pytest.mark.parametrize(
    ("farewell", "is_connected", "code"),
    [
        ("1", False, aiohttp.WSCloseCode.OK),
        ("1", True, aiohttp.WSCloseCode.OK),
        ("41", True, aiohttp.WSCloseCode.GOING_AWAY),
    ],
)
async def test_who_says_goodbye_is_let_go_and_what_they_say_behind_it_is_not_heard(
    hub: RunningHub, farewell: str, is_connected: bool, code: int
) -> None:
    async with a_raw(hub.url) as raw:
        if is_connected:
            await raw.connects()
        (link,) = hub.rooms.engine.sockets.values()
        heard = list(raw.heard)
        await raw.says(farewell, "40", f"427{LEAVE_ANNOUNCEMENTS}")
        assert await raw.is_closed_with() == code
        assert raw.heard == heard
        await asyncio.wait_for(link.ended, PATIENCE_SECONDS)
        assert not hub.rooms.engine.sockets
        assert len(hub.rooms.sockets) == 0


# ------------------------------------------------------------------ Socket.IO: connect, disconnect, namespaces


@pytest.mark.parametrize("is_somebody", [False, True])
async def test_a_connect_is_answered_with_an_id_before_anything_else_is_said(
    hub: RunningHub, house: House, is_somebody: bool
) -> None:
    async with a_raw(hub.url) as raw:
        await raw.connects(token_of(house, Role.WAITER) if is_somebody else None)
        assert len(raw.heard) == 2
        told = orjson.loads(raw.heard[1].removeprefix("40"))
        assert set(told) == {"sid"}
        (socket,) = hub.rooms.sockets
        assert told["sid"] == socket.id


async def test_a_second_connect_is_refused_and_the_first_one_stands(hub: RunningHub, house: House) -> None:
    async with a_raw(hub.url) as raw:
        await raw.connects(token_of(house, Role.WAITER))
        await raw.says("40" + orjson.dumps({"token": token_of(house, Role.COOK)}).decode())
        assert await raw.hears("44") == "44" + REFUSED
        assert await is_answered(raw)
        assert len(hub.rooms.sockets.of_user(house.user(Role.WAITER))) == 1
        assert not hub.rooms.sockets.of_user(house.user(Role.COOK))


async def test_who_leaves_before_they_came_may_still_come(hub: RunningHub) -> None:
    async with a_raw(hub.url) as raw:
        await raw.says(*["41"] * BAD_FRAMES_MAX)
        await raw.connects()
        assert await is_answered(raw)


async def test_the_main_namespace_may_be_called_by_its_name(hub: RunningHub) -> None:
    async with a_raw(hub.url) as raw:
        await raw.says("40/,", f"42/,12{LEAVE_ANNOUNCEMENTS}")
        assert orjson.loads((await raw.hears("4312["))[4:])[0]["ok"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("40/custom", f"44/custom,{REFUSED}"),
        ("40/custom,", f"44/custom,{REFUSED}"),
        ('40/custom,{"token":"abc"}', f"44/custom,{REFUSED}"),
        ("41/custom", None),
        ("41/custom,", None),
        (f"42/custom,1{LEAVE_ANNOUNCEMENTS}", None),
    ],
)
async def test_another_namespace_is_refused_or_not_heard_and_the_main_one_goes_on(
    hub: RunningHub, said: str, answer: str | None
) -> None:
    async with a_raw(hub.url) as raw:
        await raw.connects()
        await raw.says(*[said] * BAD_FRAMES_MAX)
        assert await is_answered(raw)
        assert raw.heard[2:-1] == ([] if answer is None else [answer] * BAD_FRAMES_MAX)


# ------------------------------------------------------------------ Socket.IO: events and acknowledgements


@pytest.mark.parametrize("number", [0, 1, 456, 2**53 + 1, 10**99], ids="{:.0e}".format)
async def test_an_acknowledgement_carries_the_events_own_number(hub: RunningHub, number: int) -> None:
    async with a_raw(hub.url) as raw:
        await raw.connects()
        await raw.says(f"42{number}{LEAVE_ANNOUNCEMENTS}")
        assert await raw.hears("43") == f'43{number}[{{"ok":true,"room":"announcements"}}]'


async def test_every_event_with_a_number_has_one_acknowledgement_and_one_without_has_none(hub: RunningHub) -> None:
    async with a_raw(hub.url) as raw:
        await raw.connects()
        for number in ("", "7", "", "0", "7"):
            await raw.says(f'42{number}["nonsense",1,"2",{{"3":[false]}}]', f"42{number}{LEAVE_ANNOUNCEMENTS}")
        assert await is_answered(raw)
        answered = sorted(frame.split("[")[0] for frame in raw.heard if frame.startswith("43"))
        assert answered == ["430"] * 2 + ["43100"] + ["437"] * 4


@pytest.mark.parametrize("is_escaped", [False, True])
async def test_text_of_every_script_comes_back_as_it_was_said(hub: RunningHub, house: House, is_escaped: bool) -> None:
    name = "Zoë’s Γωνιά ☕ 厨房 𝄞"
    async with a_raw(hub.url) as raw:
        await raw.connects(token_of(house, Role.MANAGER))
        assert (await raw.asks("subscribe", {"room": str(waiters_room(house.id))}))["ok"]
        asked = ["add_section", {"restaurantId": str(house.id), "name": name}]
        await raw.says("428" + json.dumps(asked, ensure_ascii=is_escaped))
        said = orjson.loads((await raw.hears('42["section_added"')).removeprefix("42"))
        assert said[1]["sectionName"] == name
