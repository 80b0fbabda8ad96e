"""A device on a socket: it heals gaps, drops repetitions, and comes back with its number, at whichever hub is there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
import socketio
from aiohttp import web

from hub.caller import Badge, Door, Hubs
from hub.simulation import ear as ears
from hub.simulation.ear import Ear, Listening, RoomClosed
from hub.simulation.screens import KitchenScreen, OrderScreen
from hub.simulation.tally import Tally

HOUSE = "01890000-0000-7000-8000-000000000002"
ROOM = "order:01890000-0000-7000-8000-000000000001"
NAME = "order_status_update"


def entry(seq: int, prev: int, status: str = "ready") -> dict[str, Any]:
    place = {"room": ROOM, "seq": seq, "prev": prev, "timestamp": "2026-11-20T10:00:00.000000Z"}
    return {"event": NAME, "status": status, **place}


def board(seq: int) -> dict[str, Any]:
    shown = {"board": {"status": "placed"}, "entries": [], "more": False}
    return {"ok": True, "room": ROOM, "epoch": "one", "seq": seq, **shown}


def replay(seq: int, *entries: dict[str, Any], more: bool = False) -> dict[str, Any]:
    back = {"recovered": True, "entries": list(entries), "more": more}
    return {"ok": True, "room": ROOM, "epoch": "one", "seq": seq, **back}


def no(code: str, *, retry: bool = False) -> dict[str, Any]:
    return {"ok": False, "error": {"code": code, "message": "No.", "retry": retry}}


@dataclass
class StandIn:
    """Something that answers a subscriber like a hub, one answer after the other, and remembers the questions."""

    answers: list[dict[str, Any]]
    asked: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""

    def __post_init__(self) -> None:
        self.server = socketio.AsyncServer(async_mode="aiohttp", transports=["websocket"])
        self.server.on("connect", self._connects)
        self.server.on("subscribe", self._subscribes)
        self.server.on("delivered", self._is_told)
        self.tokens: list[Any] = []
        self.shown: list[int] = []
        self._news = asyncio.Event()

    async def says(self, event: str, said: dict[str, Any]) -> None:
        await self.server.emit(event, said)

    async def is_told_of(self, seq: int) -> None:
        """Wait until a device says that it shows so much."""
        async with asyncio.timeout(5):
            while seq not in self.shown:
                self._news.clear()
                await self._news.wait()

    async def _is_told(self, sid: str, said: dict[str, Any]) -> None:
        self.shown.append(said["seq"])
        self._news.set()

    async def _connects(self, sid: str, environ: dict[str, Any], auth: Any) -> None:
        self.tokens.append(auth)

    async def _subscribes(self, sid: str, said: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(said)
        return self.answers.pop(0)


@asynccontextmanager
async def listening(*hubs: StandIn, first: str | None = None) -> AsyncIterator[tuple[Ear, Tally]]:
    """A device that may go to any of these hubs, the first one first."""
    runners = []
    for hub in hubs:
        application = web.Application()
        hub.server.attach(application)
        runner = web.AppRunner(application, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        hub.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        runners.append(runner)
    tally = Tally()
    async with aiohttp.ClientSession() as session:
        known = Hubs((*([first] if first else []), *(hub.url for hub in hubs)))
        ear = Ear(
            session, known.one(), Door(session, known.one(), Badge(link="a-link"), tally.calls), "telephone", tally
        )
        try:
            yield ear, tally
        finally:
            await ear.put_away()
            for runner in runners:
                await runner.cleanup()


async def holds(telephone: Listening[OrderScreen], seq: int) -> None:
    async with asyncio.timeout(5):
        await telephone.until(lambda: telephone.held >= seq)


async def test_a_gap_is_healed_by_subscribing_again_with_the_number_held() -> None:
    hub = StandIn([board(4), replay(9, entry(7, 4), entry(9, 7, "served"))])
    async with listening(hub) as (ear, tally):
        telephone = await ear.open(ROOM, OrderScreen)
        await hub.says(NAME, entry(9, 7, "served"))
        await holds(telephone, 9)
        await hub.says(NAME, entry(9, 7, "served"))
        await hub.says(NAME, entry(12, 9, "closed"))
        await holds(telephone, 12)
    assert hub.asked == [{"room": ROOM}, {"room": ROOM, "since": 4, "epoch": "one"}]
    assert hub.tokens == [{"token": "a-link", "deviceId": "telephone"}]
    assert telephone.proof.heard == [7, 9, 12]
    assert (tally.gaps, tally.resubscriptions, tally.repetitions, tally.replayed, tally.broken_count) == (1, 1, 1, 2, 0)
    assert telephone.screen.status == "closed"


async def test_a_stations_device_says_what_it_shows_also_when_it_comes_back() -> None:
    station = f"kitchen:{HOUSE}:{HOUSE}"
    shown = {"room": station, "board": {"tickets": []}}
    one, other = StandIn([{**board(4), **shown}]), StandIn([{**replay(9), "room": station}])
    async with listening(one, other) as (ear, _):
        await ear.open(station, KitchenScreen)
        await one.is_told_of(4)
        await one.says("ticket_cleared", {**entry(7, 4), "room": station, "ticketId": "t"})
        await one.is_told_of(7)
        await one.says("goodbye", {"retryAfterMs": 500})
        await other.is_told_of(9)


async def test_nobody_else_says_what_they_show() -> None:
    hub = StandIn([board(4)])
    async with listening(hub) as (ear, _):
        telephone = await ear.open(ROOM, OrderScreen)
        await hub.says(NAME, entry(7, 4))
        await holds(telephone, 7)
    assert hub.shown == []


async def test_a_hub_that_says_goodbye_is_left_for_another() -> None:
    one, other = StandIn([board(4)]), StandIn([replay(6, entry(5, 4), more=True), replay(8, entry(8, 5))])
    async with listening(one, other) as (ear, tally):
        telephone = await ear.open(ROOM, OrderScreen)
        await one.says("goodbye", {"retryAfterMs": 500})
        await holds(telephone, 8)
    assert other.asked == [{"room": ROOM, "since": number, "epoch": "one"} for number in (4, 6)]
    # A second page is not another subscription.
    assert (tally.reconnects, tally.resubscriptions, tally.replayed) == (1, 1, 2)


async def test_a_room_that_is_reset_is_taken_afresh() -> None:
    hub = StandIn([board(90), {**board(3), "epoch": "two", "recovered": False}])
    async with listening(hub) as (ear, tally):
        telephone = await ear.open(ROOM, OrderScreen)
        await hub.says("room_reset", {"room": ROOM, "epoch": "two"})
        async with asyncio.timeout(5):
            await telephone.until(lambda: telephone.epoch == "two")
        await hub.says(NAME, entry(4, 3))
        await holds(telephone, 4)
    assert (tally.resets, telephone.proof.heard, tally.broken_count) == (1, [4], 0)


async def test_a_room_that_is_closed_stays_closed() -> None:
    hub = StandIn([board(4)])
    async with listening(hub) as (ear, _):
        telephone = await ear.open(ROOM, OrderScreen)
        await hub.says("room_closed", {"room": ROOM, "reason": "party_left"})
        with pytest.raises(RoomClosed, match="party_left"):
            await holds(telephone, 5)
    assert telephone.closed_by == "party_left"


async def test_a_busy_hub_is_asked_again_and_a_no_is_a_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ears, "ASK_AGAIN_SECONDS", 0.001)
    hub = StandIn([no("busy", retry=True), board(4)])
    async with listening(hub) as (ear, tally):
        assert (await ear.open(ROOM, OrderScreen)).held == 4
    assert len(hub.asked) == 2
    assert tally.resubscriptions == 0
    async with listening(StandIn([no("not_found")])) as (ear, _):
        with pytest.raises(RoomClosed, match="not_found"):
            await ear.open(ROOM, OrderScreen)


async def test_a_device_finds_the_hub_that_is_there() -> None:
    async with listening(StandIn([board(4)]), first="http://127.0.0.1:1") as (ear, tally):
        assert (await ear.open(ROOM, OrderScreen)).held == 4
    assert tally.reconnects == 0
