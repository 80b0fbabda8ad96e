"""What operators see: the pulse of every hub of the house, at whichever hub they are. And what of it every socket is
told with its beat."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import aiohttp
import orjson
import pytest
import socketio
from jsonschema import Draft202012Validator

from api.routes import ROUTES
from hub.audience import ANNOUNCEMENTS, OPS, Room, RoomKind, pass_room, station_room, user_room, waiters_room
from hub.commands import COMMANDS
from hub.domain.refusals import every_refusal
from hub.embedded import LonePostgres
from hub.follow.pulses import PULSE_BYTES_MAX
from hub.ids import RestaurantId, StationId, UserId, new_id
from hub.people import Role
from hub.store import people
from hub.store.database import Database
from hub.store.migrations import migrate
from hub.store.people import Person as StoredPerson
from hub.telemetry import LAST_REFUSALS
from rooms import beating, pulse
from rooms.examples import example
from rooms.signals import BusyRoom, HubPulse, LastRefusal, RedisState
from rooms.vitals import BUSIEST_ROOMS_MAX, HOST_LENGTH_MAX, WHY_LENGTH_MAX
from tests.follow.valkey import FrailValkey, a_frail_valkey
from tests.rooms.asyncapi_document import document
from tests.rooms.conftest import Arrives
from tests.support.databases import QUICK_SETTINGS, frozen
from tests.support.houses import House, begins_shift, token_of
from tests.support.hubs import RunningHub, a_hub
from tests.support.people import Person, Said, Screen


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "PULSE_SECONDS", 0.1)


@asynccontextmanager
async def an_operator(hub: RunningHub, database: Database) -> AsyncIterator[Person]:
    """Somebody who watches this hub. `board` is what they were shown first."""
    user = UserId(new_id())
    async with database.transaction():
        await people.add(StoredPerson(user, f"{user}@example.test", "Operator", "no hash", is_operator=True))
        await begins_shift(user)
    person = await Person.arrives(hub.url, token_of(user))
    await person.subscribes(OPS)
    yield person
    await person.leaves()


@pytest.fixture
async def operator(hub: RunningHub, database: Database) -> AsyncIterator[Person]:
    async with an_operator(hub, database) as operator:
        yield operator


async def pulse_of(hub: RunningHub, seen_by: Person, **what: Any) -> Said:
    """The next pulse of this hub that says so."""
    instance = hub.hub.instance
    return await seen_by.hears(
        "hub_pulse",
        where=lambda said: said["instance"] == instance and all(said[name] == value for name, value in what.items()),
    )


def must_be_as_documented(name: str, said: Said) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": document()["components"]}
    Draft202012Validator(schema).validate(said)


# ------------------------------------------------------------------ the whole house


async def test_an_operator_sees_every_hub_of_the_house_at_whichever_hub_they_are(
    hub: RunningHub, other_hub: RunningHub, database: Database, operator: Person
) -> None:
    async with an_operator(other_hub, database) as colleague:
        for watching, own in ((operator, hub), (colleague, other_hub)):
            for seen in (hub, other_hub):
                said = await pulse_of(seen, watching)
                assert said["room"] == "ops"
                must_be_as_documented("HubPulse", said)
            board = (await watching.turns_to(OPS))["board"]
            must_be_as_documented("OpsBoard", board)
            assert board["instance"] == own.hub.instance == board["hubs"][0]["instance"]
            assert {one["instance"] for one in board["hubs"]} == {hub.hub.instance, other_hub.hub.instance}


async def test_whoever_stops_watching_hears_no_pulse_any_more(hub: RunningHub, operator: Person) -> None:
    await pulse_of(hub, operator)
    assert hub.metric("brigade_sockets", room_kind="ops") == 1
    assert (await operator.says("unsubscribe", {"room": "ops"}))["ok"]
    assert hub.metric("brigade_sockets", room_kind="ops") == 0
    operator._taken = len(operator.heard)
    await operator.says("subscribe", {"room": str(OPS)})
    await operator.says("unsubscribe", {"room": str(OPS)})
    await operator.hears_nothing(but=frozenset({"beat", "hub_pulse"}))


async def test_a_hub_that_stops_on_purpose_says_so_before_it_goes(
    database_url: str, redis_url: str, operator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_hub(database_url, redis_url) as leaving:
        await pulse_of(leaving, operator, isStopping=False)
        monkeypatch.setattr(pulse, "PULSE_SECONDS", 3600.0)

    await pulse_of(leaving, operator, isStopping=True)


async def test_a_hub_that_stops_is_on_the_board_for_some_seconds_and_then_is_not(
    hub: RunningHub, database_url: str, redis_url: str, operator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_hub(database_url, redis_url) as short_lived:
        await pulse_of(short_lived, operator)
        board = (await operator.turns_to(OPS))["board"]
        assert len(board["hubs"]) == 2
    monkeypatch.setattr(pulse, "SILENCE_SECONDS_MAX", 0.0)
    await pulse_of(hub, operator)
    board = (await operator.turns_to(OPS))["board"]
    assert [one["instance"] for one in board["hubs"]] == [hub.hub.instance]


async def test_without_redis_an_operator_sees_the_hub_they_are_at_and_that_redis_is_down(
    database_url: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "SILENCE_SECONDS_MAX", 0.3)
    async with (
        a_frail_valkey() as valkey,
        a_hub(database_url, valkey.url) as hub,
        a_hub(database_url, valkey.url) as other_hub,
        an_operator(hub, database) as operator,
    ):
        assert (await pulse_of(other_hub, operator))["redis"] == {"isUp": True, "why": None}
        await _is_seen_alone_without_redis(hub, operator, valkey)
        await valkey.start()
        await pulse_of(other_hub, operator, redis={"isUp": True, "why": None})


async def _is_seen_alone_without_redis(hub: RunningHub, operator: Person, valkey: FrailValkey) -> None:
    await valkey.kill()
    said = await operator.hears("hub_pulse", where=lambda said: not said["redis"]["isUp"])
    assert said["instance"] == hub.hub.instance
    assert said["redis"]["why"]
    while len((await operator.turns_to(OPS))["board"]["hubs"]) > 1:
        await pulse_of(hub, operator)
    assert hub.metric("brigade_pulses_lost_total") > 0


async def test_a_frozen_database_is_seen_by_operators_and_owned_up_to_by_the_beat(
    redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beating, "BEAT_SECONDS", 0.1)
    with LonePostgres(tmp_path / "own", settings=QUICK_SETTINGS) as postgres:
        await migrate(postgres.postgres_url)
        database = await Database.open(postgres.postgres_url)
        async with (
            a_hub(postgres.postgres_url, redis_url, patience=1) as hub,
            an_operator(hub, database) as operator,
        ):
            well = await pulse_of(hub, operator)
            assert well["database"]["isAnswering"]
            assert 1 <= well["database"]["poolSize"] <= well["database"]["poolSizeMax"]
            with frozen(postgres.pids["PostgreSQL"]):
                ill = await operator.hears("hub_pulse", where=lambda said: not said["database"]["isAnswering"])
                assert ill["database"]["secondsSinceAnswer"] > 1
                assert ill["behindSeconds"] > 1
                await operator.hears("beat", where=lambda said: said["behindSeconds"] > 2)
            await operator.hears("beat", where=lambda said: said["behindSeconds"] < 1)
            assert (await pulse_of(hub, operator))["database"]["isAnswering"]
        await database.close()


# ------------------------------------------------------------------ what a pulse says


async def test_a_pulse_counts_what_is_done_here_and_what_is_delivered(
    hub: RunningHub, other_hub: RunningHub, house: House, arrives: Arrives, operator: Person
) -> None:
    host, waiter, room = await arrives(Role.HOST), await arrives(Role.WAITER, at=other_hub), waiters_room(house.id)
    screens = [await host.subscribes(room), await waiter.subscribes(room)]
    before, there_before = await pulse_of(hub, operator), await pulse_of(other_hub, operator)
    await host.asks("seat_party", tableId=str(house.tables["1"]), covers=2)
    assert (await waiter.hears("party_seated"))["covers"] == 2

    def has_delivered(said: Said, since: Said, screen: Screen) -> bool:
        new: int = said["entriesDelivered"] - since["entriesDelivered"]
        return bool(said["instance"] == since["instance"]) and 0 < new == len(screen.entries)

    after = await operator.hears("hub_pulse", where=lambda said: has_delivered(said, before, screens[0]))
    there = await operator.hears("hub_pulse", where=lambda said: has_delivered(said, there_before, screens[1]))
    assert after["deeds"] == before["deeds"] + 1
    assert after["entriesRecorded"] >= before["entriesRecorded"] + len(screens[0].entries)
    assert (there["deeds"], there["entriesRecorded"]) == (there_before["deeds"], there_before["entriesRecorded"])
    (busy,) = [one for one in after["busiestRooms"] if one["room"] == str(room)]
    assert busy == {"room": str(room), "members": 1, "seq": busy["seq"], "head": busy["head"], "entriesBehind": 0}
    assert screens[0].held == busy["seq"] <= busy["head"]


async def test_places_are_counted_by_kind_of_room_and_nobody_is_named(
    hub: RunningHub, house: House, arrives: Arrives, operator: Person
) -> None:
    cooks = [await arrives(Role.COOK) for _ in range(3)]
    for cook in cooks:
        await cook.subscribes(pass_room(house.id))
    await cooks[0].subscribes(station_room(house.id, house.stations["Grill"]))
    said = await pulse_of(hub, operator, places=dict.fromkeys(RoomKind, 0) | PLACES)
    assert said["sockets"] == 4
    rooms = [(one["room"], one["members"]) for one in said["busiestRooms"]]
    assert rooms[:2] == [(str(ANNOUNCEMENTS), 4), (str(pass_room(house.id)), 3)]
    assert not [room for room, _ in rooms if room.startswith(("user:", "ops"))]
    await cooks[0].loses_the_network()
    assert (await pulse_of(hub, operator, sockets=3))["places"]["station"] == 0


PLACES = {"pass": 3, "station": 1, "user": 4, "announcements": 4, "ops": 1}


async def test_the_busiest_rooms_come_first_and_are_bounded(
    hub: RunningHub, house: House, arrives: Arrives, operator: Person
) -> None:
    waiters = [await arrives(Role.WAITER) for _ in range(2)]
    for table in house.tables.values():
        await waiters[0].subscribes(f"table:{table}")
    await waiters[1].subscribes(f"table:{house.tables['3']}")
    for _ in range(BUSIEST_ROOMS_MAX):
        order = (await waiters[0].asks("place_order", **a_pickup(house)))["orderId"]
        await waiters[0].subscribes(f"order:{order}")
    said = await pulse_of(hub, operator, rooms=4 + len(house.tables) + BUSIEST_ROOMS_MAX)
    members = [one["members"] for one in said["busiestRooms"]]
    assert len(members) == BUSIEST_ROOMS_MAX
    assert members == sorted(members, reverse=True)
    assert said["busiestRooms"][1]["room"] == f"table:{house.tables['3']}"


def a_pickup(house: House) -> dict[str, Any]:
    line = {"itemId": str(house.items["Soup"].id), "quantity": 1}
    return {"restaurantId": str(house.id), "kind": "pickup", "customerName": "Ada", "lines": [line]}


async def test_a_pulse_says_which_process_it_is_of_and_what_that_costs(hub: RunningHub, operator: Person) -> None:
    first = await pulse_of(hub, operator)
    asyncio.get_running_loop().call_soon(_hold_up_the_loop)
    late = await operator.hears("hub_pulse", where=lambda said: said["eventLoopLagSeconds"] >= LATE_SECONDS / 2)
    assert late["cpuSeconds"] > first["cpuSeconds"]
    assert late["uptimeSeconds"] > first["uptimeSeconds"] >= 0
    assert first["host"]
    assert first["pid"] > 0
    assert first["isHealthy"]
    assert not first["isStopping"]
    assert first["memoryBytes"] is None or first["memoryBytes"] > 10_000_000
    assert (await pulse_of(hub, operator))["eventLoopLagSeconds"] < late["eventLoopLagSeconds"]


LATE_SECONDS = 0.4


def _hold_up_the_loop() -> None:
    """Work without an await, as nobody here should."""
    ends_at = asyncio.get_running_loop().time() + LATE_SECONDS
    while asyncio.get_running_loop().time() < ends_at:
        sum(range(1_000))


async def test_that_a_hub_cannot_say_how_it_is_does_not_silence_it_for_ever(
    hub: RunningHub, operator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = asyncio.Event()

    def fails() -> int:
        failed.set()
        raise RuntimeError("nobody knows")

    with monkeypatch.context() as patched:
        patched.setattr("rooms.vitals._memory_bytes", fails)
        await asyncio.wait_for(failed.wait(), 5)
    await pulse_of(hub, operator, sockets=1)
    await pulse_of(hub, operator, sockets=1)


# ------------------------------------------------------------------ refusals


async def test_the_last_refusals_of_both_doors_are_told_without_what_anybody_said(
    hub: RunningHub, house: House, arrives: Arrives, operator: Person
) -> None:
    waiter, secret = await arrives(Role.WAITER), "a guest's name"
    assert await waiter.is_refused("subscribe", {"room": f"order:{house.id}"}) == "not_found"
    assert await waiter.is_refused("place_order", a_pickup(house) | {"customerName": 7}) == "invalid"
    assert await waiter.is_refused(secret, secret) == "unknown_message"
    async with aiohttp.ClientSession(hub.url) as session:
        for url in (f"/api/v2/orders/{house.id}", f"/api/v2/{secret}"):
            async with session.get(url, headers={"Authorization": f"Bearer {waiter.token}"}) as answer:
                assert answer.status == 404
        async with session.get("/api/v2/me", headers={"Authorization": "Bearer forged"}) as answer:
            assert answer.status == 401
    with pytest.raises(socketio.exceptions.ConnectionError):
        await Person.arrives(hub.url, "forged")
    said = await pulse_of(hub, operator, refusals=6)
    assert [(one["door"], one["code"], one["asked"]) for one in said["lastRefusals"]] == [
        ("rooms", "token_invalid", "connect"),
        ("api", "token_invalid", "GET /api/v2/me"),
        ("api", "not_found", "GET /api/v2/orders/{orderId}"),
        ("rooms", "unknown_message", "?"),
        ("rooms", "invalid", "place_order"),
        ("rooms", "not_found", "subscribe"),
    ]
    assert secret not in str(said)
    assert str(house.id) not in str(said["lastRefusals"])


async def test_a_crash_at_either_door_is_among_them(
    hub: RunningHub, arrives: Arrives, operator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiter = await arrives(Role.WAITER)

    async def crashes(*asked: Any, **more: Any) -> Any:
        raise RuntimeError("somebody's secret")

    with monkeypatch.context() as patched:
        patched.setattr(hub.hub.identities, "actor", crashes)
        assert await waiter.is_refused("authenticate", "a token") == "internal"
        async with (
            aiohttp.ClientSession(hub.url) as session,
            session.get("/api/v2/me", headers={"Authorization": "Bearer x"}) as answer,
        ):
            assert answer.status == 500
    said = await pulse_of(hub, operator, refusals=2)
    assert [(one["door"], one["code"]) for one in said["lastRefusals"]] == [("api", "internal"), ("rooms", "internal")]


async def test_only_the_last_twenty_are_kept_and_all_are_counted(hub: RunningHub, operator: Person) -> None:
    for _ in range(LAST_REFUSALS + 5):
        await operator.is_refused("subscribe", {"room": f"order:{new_id()}"})
    said = await pulse_of(hub, operator, refusals=LAST_REFUSALS + 5)
    assert len(said["lastRefusals"]) == LAST_REFUSALS


# ------------------------------------------------------------------ what other hubs say


def a_pulse(**changes: Any) -> HubPulse:
    """What another hub says."""
    return example(HubPulse).model_copy(update={"instance": "another", "at": datetime.now(UTC), **changes})


async def others_of(operator: Person) -> list[tuple[str, int]]:
    board = (await operator.turns_to(OPS))["board"]
    return [(one["instance"], one["sockets"]) for one in board["hubs"][1:]]


async def test_what_a_hub_said_before_does_not_take_the_place_of_what_it_said_since(
    hub: RunningHub, operator: Person
) -> None:
    now = datetime.now(UTC)
    for seconds, sockets in ((0, 7), (2, 8), (1, 9), (2, 10)):
        hub.rooms.pulse.hear(a_pulse(at=now + timedelta(seconds=seconds), sockets=sockets).body())
    assert await others_of(operator) == [("another", 8)]
    shown = [said["sockets"] for name, said in operator.heard if name == "hub_pulse" and said["instance"] == "another"]
    assert shown == [7, 8]


async def test_what_this_version_does_not_understand_is_counted_and_not_shown(
    hub: RunningHub, operator: Person
) -> None:
    said = orjson.loads(a_pulse().body())
    hostile = [b"", b"[]", b"{}", b"\xff", orjson.dumps(said | {"sockets": "7"}), orjson.dumps(said | {"room": "x"})]
    for body in hostile:
        hub.rooms.pulse.hear(body)
    hub.rooms.pulse.hear(orjson.dumps(said | {"ofALaterVersion": 1, "instance": "later"}))
    assert await others_of(operator) == [("later", 1)]
    assert hub.metric("brigade_pulses_refused_total") == len(hostile)


async def test_nobody_else_speaks_for_this_hub(hub: RunningHub, operator: Person) -> None:
    hub.rooms.pulse.hear(a_pulse(instance=hub.hub.instance, sockets=1_000).body())
    assert await others_of(operator) == []


async def test_no_more_hubs_are_remembered_than_fit(hub: RunningHub, operator: Person) -> None:
    for number in range(pulse.HUBS_MAX + 5):
        hub.rooms.pulse.hear(a_pulse(instance=f"hub {number:03}").body())
    hub.rooms.pulse.hear(a_pulse(instance="hub 000", sockets=5).body())
    others = await others_of(operator)
    assert len(others) == pulse.HUBS_MAX
    assert others[0] == ("hub 000", 5)


def test_the_fullest_pulse_there_can_be_is_sent() -> None:
    many = 10**9
    room = str(Room(RoomKind.STATION, RestaurantId(UUID(int=1)), StationId(UUID(int=2))))
    asked = max((f"DELETE /api/v2{route.path}" for route in ROUTES), key=len)
    assert len(asked) > max(len(command.verb) for command in COMMANDS)
    refusal = LastRefusal(
        at=datetime.now(UTC), code=max((one.code for one in every_refusal()), key=len), door="rooms", asked=asked
    )
    busy = BusyRoom(room=room, members=many, seq=many, head=many, entries_behind=many)
    fullest = example(HubPulse).model_copy(
        update={
            "host": "h" * HOST_LENGTH_MAX,
            "instance": str(new_id()),
            "places": dict.fromkeys(RoomKind, many),
            "busiest_rooms": (busy,) * BUSIEST_ROOMS_MAX,
            "last_refusals": (refusal,) * LAST_REFUSALS,
            "redis": RedisState(is_up=False, why='"' * WHY_LENGTH_MAX),
            **dict.fromkeys(("sockets", "rooms", "entries_recorded", "entries_delivered", "deeds", "refusals"), many),
        }
    )
    assert PULSE_BYTES_MAX / 2 < len(fullest.body()) <= PULSE_BYTES_MAX


# ------------------------------------------------------------------ what every socket is told


async def test_whoever_signs_in_and_every_beat_are_told_how_far_the_hub_can_be_trusted(
    database_url: str, redis_url: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beating, "BEAT_SECONDS", 0.05)
    async with a_hub(database_url, redis_url) as hub, an_operator(hub, database) as somebody:
        authenticated = next(said for name, said in somebody.heard if name == "authenticated")
        beat = await somebody.hears("beat")
        must_be_as_documented("Authenticated", authenticated)
        must_be_as_documented("Beat", beat)
        for said in (authenticated, beat):
            assert 0 <= said["behindSeconds"] < 2
            assert said["screens"] == hub.hub.screens
            assert abs(datetime.now(UTC) - datetime.fromisoformat(said["at"])) < timedelta(minutes=1)
        assert str(user_room(UserId(UUID(authenticated["userId"])))) in authenticated["rooms"]
        hub.hub.screens = "of another build"
        await somebody.hears("beat", where=lambda said: said["screens"] == "of another build")
