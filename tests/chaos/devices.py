"""Devices: screens that speak real Socket.IO and remember everything they were given.

A device behaves as a good client does: it stays connected to whichever hub there is, comes back with the number it
holds, applies an entry exactly when `prev ≤ held < seq`, takes another connection when nothing is heard for too long,
and obeys a goodbye. It shares no code with the hub, so that the two cannot be wrong together. Not its business: whether
what it was given is true (`oracle`).
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from random import Random
from typing import Any, NamedTuple

import aiohttp
import orjson

ADDRESS = "/socket.io/?EIO=4&transport=websocket"
CONNECT_SECONDS_MAX = 10.0
SILENCE_SECONDS_MAX = 12.0
"""A hub beats every five seconds. Whoever heard nothing for this long is alone, whatever the line says."""
PAUSE_SECONDS_MIN = 0.1
PAUSE_SECONDS_MAX = 1.0
MESSAGE_BYTES_MAX = 8 * 1024 * 1024
CLOSELY_EVERY = 7
"""One entry in so many is kept whole, to be held against the ledger word by word."""

Json = dict[str, Any]


class Away(Exception):
    """The connection went while an answer was waited for: nobody knows whether it was done."""


@dataclass(slots=True)
class Seen:
    """What one device was given of one room, in one epoch. Numbers are the ledger's."""

    epoch: str
    began_at: int
    held: int
    heard: list[int] = field(default_factory=list)
    covered: list[tuple[int, int]] = field(default_factory=list)
    """(after, upto]: what a board stood for, in place of its entries."""
    boards: list[tuple[int, Json]] = field(default_factory=list)
    """Each board as it was given, and its number."""
    closely: dict[int, Json] = field(default_factory=dict)


class Came(NamedTuple):
    """A live entry: its number, when its transaction began, and when it was here, by the wall's clock."""

    seq: int
    begun_at: float
    at: float

    @property
    def late_seconds(self) -> float:
        return self.at - self.begun_at


@dataclass(slots=True)
class Glass:
    """One room on one device, from being opened to being closed."""

    room: str
    device: str
    seen: list[Seen] = field(default_factory=list)
    is_open: bool = False
    is_asked: bool = False
    is_reset: bool = False
    """Whether it was told that what it holds is of another ledger, whatever that one's epoch."""
    closed_by: str | None = None
    breaks: list[str] = field(default_factory=list)
    """Where what came did not fit what was held: a chain that was broken, or an entry given twice."""
    came: list[Came] = field(default_factory=list)
    returns: list[tuple[bool | None, int, float]] = field(default_factory=list)
    """Each time it came back: whether it was recovered, how many entries it missed, and seconds from asking."""
    _asked_at: float = 0.0
    _missed: int = 0

    @property
    def now(self) -> Seen:
        return self.seen[-1]

    @property
    def held(self) -> int:
        return self.seen[-1].held if self.seen else -1

    def question(self) -> Json:
        self.is_open, self.is_asked = False, True
        if not self._asked_at:
            self._asked_at, self._missed = time.monotonic(), 0
        back = {"since": self.now.held, "epoch": self.now.epoch} if self.seen and not self.is_reset else {}
        return {"room": self.room, **back}

    def answered(self, answer: Json) -> bool:
        """Take an answer. True where there is more to ask for."""
        self.is_asked = False
        entries, board = answer["entries"], answer.get("board")
        if board is not None:
            self._take_board(answer, entries[0]["prev"] if entries else answer["seq"])
        elif not self.seen or answer["epoch"] != self.now.epoch:
            self.breaks.append(f"{self.device} was answered without a board, though it holds nothing of that epoch")
            return False
        for entry in entries:
            self._take(entry, entry["event"])
        self._missed += len(entries)
        if answer["seq"] < self.now.held:
            self.breaks.append(f"{self.device} was answered {answer['seq']} and holds {self.now.held}")
        self.now.held = max(self.now.held, answer["seq"])
        if answer["more"]:
            return True
        self.is_open = True
        self.returns.append((answer.get("recovered"), self._missed, time.monotonic() - self._asked_at))
        self._asked_at = 0.0
        return False

    def hears(self, entry: Json, event: str) -> None:
        """An entry came by itself."""
        if not self.is_open:
            # On its way from before: the answer that is waited for holds it.
            return
        self._take(entry, event)
        self.came.append(Came(entry["seq"], datetime.fromisoformat(entry["timestamp"]).timestamp(), time.time()))

    def _take_board(self, answer: Json, number: int) -> None:
        if not self.seen or self.is_reset or self.now.epoch != answer["epoch"]:
            self.is_reset = False
            self.seen.append(Seen(answer["epoch"], number, number))
        elif number > self.now.held:
            self.now.covered.append((self.now.held, number))
            self.now.held = number
        elif number < self.now.held:
            self.breaks.append(f"{self.device} was given the board of {number} and holds {self.now.held}")
        self.now.boards.append((number, answer["board"]))

    def _take(self, entry: Json, event: str) -> None:
        now, seq = self.now, entry["seq"]
        if not entry["prev"] <= now.held < seq:
            what = "twice" if seq <= now.held else f"though what follows {now.held} is missing"
            self.breaks.append(f"{self.device} was given {seq} (after {entry['prev']}) {what}")
            # What is missing is asked for, as any good client would.
            self.is_open = self.is_open and seq <= now.held
            return
        now.held = seq
        now.heard.append(seq)
        if seq % CLOSELY_EVERY == 0:
            now.closely[seq] = {**entry, "event": event}


class Device:
    """One screen. `stays` until it is put away."""

    def __init__(
        self,
        web: aiohttp.ClientSession,
        doors: Callable[[], Sequence[str]],
        token: str,
        name: str,
        rooms: Sequence[str],
        dice: Random,
    ) -> None:
        self.name = name
        self.glasses = {room: Glass(room, name) for room in rooms}
        self.is_connected = False
        self.connections = 0
        self.goodbyes: list[tuple[float, int]] = []
        """When it was told to come back later, and after how many milliseconds."""
        self.aways: list[float] = []
        """How many seconds each absence lasted, from losing the line to having every room again."""
        self.refused: str | None = None
        self._web = web
        self._doors = doors
        self._token = token
        self._dice = dice
        self._turn = dice.randrange(len(doors()))
        self._line: aiohttp.ClientWebSocketResponse | None = None
        self._asked: dict[int, Callable[[Json], None]] = {}
        self._waiting: set[asyncio.Future[Json]] = set()
        self._number = 0
        self._pause = PAUSE_SECONDS_MIN
        self._return_in: float | None = None
        self._lost_at: float | None = None
        self._changed = asyncio.Event()
        self._staying: asyncio.Task[None] | None = None

    def stays(self) -> None:
        """From now on it is there."""
        self._staying = asyncio.get_running_loop().create_task(self._stay(), name=self.name)

    async def put_away(self) -> None:
        if self._staying is not None:
            self._staying.cancel()
            await asyncio.gather(self._staying, return_exceptions=True)

    def loses_the_line(self) -> None:
        """As where the network goes: it finds out at once, and comes back."""
        if self._line is not None:
            _pull_the_plug(self._line)

    def is_there(self) -> bool:
        """Whether it is connected and has every room that is open to it."""
        return self.is_connected and all(one.is_open or one.closed_by for one in self.glasses.values())

    async def until(self, is_so: Callable[["Device"], bool]) -> None:
        """Wait until something is so on this device."""
        while not is_so(self):
            self._changed.clear()
            await self._changed.wait()

    def holds(self, number: int) -> bool:
        """Whether every room on it has come so far."""
        return all(glass.held >= number for glass in self.glasses.values())

    async def asks(self, name: str, said: Json) -> Json:
        """Ask by the socket. Raises Away where no answer comes."""
        if not self.is_connected or self._line is None:
            raise Away
        answered: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting.add(answered)
        try:
            await self._send(name, said, partial(_settle, answered))
            return await answered
        except (OSError, aiohttp.ClientError):
            raise Away from None
        finally:
            self._waiting.discard(answered)

    # Staying connected

    async def _stay(self) -> None:
        while self.refused is None:
            try:
                await self._attend()
            except (aiohttp.ClientError, OSError, TimeoutError):
                pass
            finally:
                self._left()
            await asyncio.sleep(self._pause_seconds())
            self._turn += 1

    def _pause_seconds(self) -> float:
        if self._return_in is not None:
            seconds, self._return_in = self._return_in, None
            return seconds
        seconds = self._pause * self._dice.uniform(0.5, 1.0)
        self._pause = min(2 * self._pause, PAUSE_SECONDS_MAX)
        return seconds

    async def _attend(self) -> None:
        doors = self._doors()
        url = doors[self._turn % len(doors)]
        async with asyncio.timeout(CONNECT_SECONDS_MAX):
            line = await self._web.ws_connect(url + ADDRESS, max_msg_size=MESSAGE_BYTES_MAX, autoclose=False)
        self._line = line
        try:
            while True:
                message = await line.receive(SILENCE_SECONDS_MAX)
                if message.type is not aiohttp.WSMsgType.TEXT:
                    return
                await self._hear(message.data)
                self._changed.set()
        finally:
            _pull_the_plug(line)
            await line.close()

    def _left(self) -> None:
        if self.is_connected:
            self._lost_at = self._lost_at or time.monotonic()
        self.is_connected, self._line = False, None
        self._asked.clear()
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_exception(Away())
        for glass in self.glasses.values():
            glass.is_open = glass.is_asked = False
        self._changed.set()

    # What it hears

    async def _hear(self, packet: str) -> None:
        if packet.startswith("42"):
            name, *said = orjson.loads(packet[2:])
            await self._told(name, said[0] if said else {})
        elif packet == "2":
            await self._line_send("3")
        elif packet.startswith("43"):
            begins = packet.index("[")
            then = self._asked.pop(int(packet[2:begins]), None)
            if then is not None:
                then(orjson.loads(packet[begins:])[0])
                await self._turn_pages()
        elif packet.startswith("0"):
            auth = orjson.dumps({"token": self._token, "deviceId": self.name}).decode()
            await self._line_send("40" + auth)
        elif packet.startswith("40"):
            self.is_connected, self._pause = True, PAUSE_SECONDS_MIN
            self.connections += 1
            await self._turn_pages()
        elif packet.startswith("44"):
            self._is_refused(orjson.loads(packet[2:]))
        elif packet == "41":
            raise ConnectionResetError("sent away")

    async def _told(self, name: str, said: Json) -> None:
        glass = self.glasses.get(said.get("room", ""))
        if glass is not None and "seq" in said:
            glass.hears(said, name)
            await self._turn_pages()
        elif name == "room_reset" and glass is not None:
            glass.is_open, glass.is_reset = False, True
            await self._turn_pages()
        elif name == "room_closed" and glass is not None:
            glass.is_open, glass.closed_by = False, said["reason"]
        elif name == "goodbye":
            self.goodbyes.append((time.time(), said["retryAfterMs"]))
            self._return_in = said["retryAfterMs"] / 1000
            raise ConnectionResetError("goodbye")

    def _is_refused(self, said: Json) -> None:
        data = said.get("data", said)
        if not data.get("retry", True):
            self.refused = data.get("code", "refused")
        raise ConnectionResetError("refused")

    async def _turn_pages(self) -> None:
        for glass in self.glasses.values():
            if not (glass.is_open or glass.is_asked or glass.closed_by):
                await self._send("subscribe", glass.question(), partial(self._entered, glass))

    def _entered(self, glass: Glass, answer: Json) -> None:
        if answer["ok"]:
            glass.answered(answer)
        elif answer["error"]["retry"]:
            # Another hub may be better off.
            raise ConnectionResetError(answer["error"]["code"])
        else:
            glass.is_asked, glass.closed_by = False, answer["error"]["code"]
        if self.is_there() and self._lost_at is not None:
            self.aways.append(time.monotonic() - self._lost_at)
            self._lost_at = None

    async def _send(self, name: str, said: Json, then: Callable[[Json], None]) -> None:
        self._number += 1
        self._asked[self._number] = then
        await self._line_send(f"42{self._number}" + orjson.dumps([name, said]).decode())

    async def _line_send(self, text: str) -> None:
        if self._line is None:
            raise ConnectionResetError("gone")
        await self._line.send_str(text)


def _pull_the_plug(line: aiohttp.ClientWebSocketResponse) -> None:
    """Nothing is waited for."""
    if line._conn is not None and line._conn.transport is not None:
        line._conn.transport.abort()


def _settle(answered: asyncio.Future[Json], answer: Json) -> None:
    if not answered.done():
        answered.set_result(answer)
