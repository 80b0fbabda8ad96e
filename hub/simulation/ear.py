"""Listening: one device with one socket, the rooms it is in, and the chain it holds in each.

It behaves exactly as a client must. Answer and entries are taken synchronously, in the order in which they arrive, so
that nothing slips in between an answer and what follows it. Coming back, at this hub or another, is subscribing again
with the number held. A station's device says what it shows, as a tablet before a cook does. Not its business: what to
do about what is seen (the people), and proving it (`audit`).
"""

import asyncio
import contextlib
import math
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Generic

import aiohttp
import socketio

from hub.audience import Room, RoomKind
from hub.caller import TOKEN_OVER, Door, HubInUse, NobodyAnswers, Refusal
from hub.events.tickets import TicketBumped
from hub.simulation.chain import Proof, Verdict, verdict
from hub.simulation.screens import Json, S
from hub.simulation.tally import Tally

CONNECT_SECONDS = 10.0
LEAVE_SECONDS = 2.0
PAUSE_SECONDS_MIN = 0.1
PAUSE_SECONDS_MAX = 2.0
OPEN_SECONDS = 60.0
RENEW_PAUSE_SECONDS = 0.1
ASK_AGAIN_SECONDS = 0.5
SHOW_EVERY_SECONDS = 0.2
"""How often, at most, a station's device says what it has shown."""

CANNOT_CONNECT = (
    socketio.exceptions.ConnectionError,
    aiohttp.ClientError,
    OSError,
    TimeoutError,
    NobodyAnswers,
    Refusal,
)

GOODBYE, ROOM_RESET, ROOM_CLOSED = "goodbye", "room_reset", "room_closed"


class RoomClosed(Exception):
    """The room is not open to this listener, or not any more."""


class Listening(Generic[S]):
    """One room on one device: the number held, and the screen as it stands with that number."""

    def __init__(self, room: str, screen: type[S], tally: Tally) -> None:
        self.room = room
        self.kind = Room.parse(room).kind
        self.proof = Proof(0)
        self.held = -1
        self.began_at = -1
        self.epoch: str | None = None
        self.closed_by: str | None = None
        self.is_asking = False
        self._kind_of_screen = screen
        self._screen: S | None = None
        self._tally = tally
        self._waiting: list[asyncio.Future[None]] = []
        tally.listeners[self.kind] += 1

    @property
    def screen(self) -> S:
        """What is shown. The room must have been opened."""
        assert self._screen is not None, f"{self.room} was never opened"
        return self._screen

    @property
    def is_open(self) -> bool:
        return self._screen is not None

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so on this screen. Raises RoomClosed where that will not happen any more."""
        while not is_so():
            if self.closed_by is not None:
                raise RoomClosed(f"{self.room} was closed: {self.closed_by}.")
            change = asyncio.get_running_loop().create_future()
            self._waiting.append(change)
            await change

    # What follows is called by the ear, in the order of what arrives.

    def question(self) -> Json:
        """What to ask to enter, or to come back."""
        back = {} if self.epoch is None else {"since": self.held, "epoch": self.epoch}
        return {"room": self.room, **back}

    def answered(self, answer: Json) -> None:
        """The hub let us in, with a board or with what was missed."""
        entries = answer["entries"]
        if answer.get("board") is not None:
            self._start_from(answer, entries[0]["prev"] if entries else answer["seq"])
        for entry in entries:
            self._replay(entry)
        self.held = max(self.held, answer["seq"])
        self.epoch = answer["epoch"]
        self._tell()

    def hears(self, event: str, entry: Json) -> Verdict:
        """An entry came. It is applied exactly when it is the next one."""
        what = verdict(self.held, entry["prev"], entry["seq"])
        if what is Verdict.NEXT:
            self._apply(event, entry)
            self._tally.screen_ms.append((time.time() - _moment(entry["timestamp"])) * 1000)
            self._tell()
        elif what is Verdict.SHOWN:
            self._tally.repetitions += 1
        return what

    def closes(self, why: str) -> None:
        self.closed_by = why
        self._tell()

    def _start_from(self, answer: Json, number: int) -> None:
        if self.epoch is None or self.epoch != answer["epoch"]:
            # Another ledger's numbers cannot be compared with these.
            self.proof = Proof(number, compared_upto=number)
            self.began_at = number if self.epoch is None else self.began_at
        else:
            self.proof.is_covered(self.held, number)
            self._tally.boards_instead += 1
        self._screen = self._kind_of_screen.of(answer["board"])
        self.held = number

    def _replay(self, entry: Json) -> None:
        what = verdict(self.held, entry["prev"], entry["seq"])
        if what is Verdict.MISSED:
            self._tally.breaks(self.room, f"we hold {self.held}, and a replay goes on after {entry['prev']}")
        if what is Verdict.SHOWN:
            self._tally.repetitions += 1
        else:
            self._tally.replayed += 1
            self._apply(entry["event"], entry)

    def _apply(self, event: str, entry: Json) -> None:
        self.held = entry["seq"]
        self.proof.hears(self.held)
        self._tally.heard[self.kind] += 1
        if self.kind is RoomKind.PASS and event == TicketBumped.name:
            self._tally.ticket_seconds.append(entry["ticketSeconds"])
        self.screen.apply(event, entry)

    def _tell(self) -> None:
        waiting, self._waiting = self._waiting, []
        for change in waiting:
            if not change.done():
                change.set_result(None)


class Ear:
    """One device. It stays connected, to whichever hub there is, until it is put away."""

    def __init__(self, web: aiohttp.ClientSession, hub: HubInUse, door: Door, device: str, tally: Tally) -> None:
        self._web = web
        self._hub = hub
        self._door = door
        self._device = device
        self._tally = tally
        self._rooms: dict[str, Listening[Any]] = {}
        self._wanted: asyncio.Queue[Listening[Any]] = asyncio.Queue()
        self._gone = asyncio.Event()
        self._has_shown = asyncio.Event()
        self._staying: asyncio.Task[None] | None = None

    async def open(self, room: str, screen: type[S]) -> Listening[S]:
        """Enter the room this device is for. Raises RoomClosed where it may not, or nobody answers."""
        listening = Listening(room, screen, self._tally)
        self._rooms[room] = listening
        self._staying = asyncio.create_task(self._stay(), name=f"{self._device} in {room}")
        try:
            async with asyncio.timeout(OPEN_SECONDS):
                await listening.until(lambda: listening.is_open)
        except TimeoutError:
            await self.put_away()
            raise RoomClosed(f"{room} did not open within {OPEN_SECONDS:.0f} s.") from None
        except RoomClosed:
            await self.put_away()
            raise
        return listening

    async def put_away(self) -> None:
        """Disconnect, for good."""
        if self._staying is not None:
            self._staying.cancel()
            await asyncio.gather(self._staying, return_exceptions=True)

    # ------------------------------------------------------------------ staying connected

    async def _stay(self) -> None:
        pause = PAUSE_SECONDS_MIN
        while True:
            self._gone = asyncio.Event()
            client = self._client(self._gone)
            try:
                if await self._connect(client):
                    pause = PAUSE_SECONDS_MIN
                    await self._attend(client)
                    self._tally.reconnects += 1
            finally:
                await _leave(client)
            self._hub.turn()
            await asyncio.sleep(pause)
            pause = min(2 * pause, PAUSE_SECONDS_MAX)

    def _client(self, gone: asyncio.Event) -> Any:
        client = socketio.AsyncClient(reconnection=False, handle_sigint=False, http_session=self._web)
        client.on("*", self._hears)
        client.on("disconnect", lambda *_: gone.set())
        client.on("connect_error", self._is_turned_away)
        return client

    async def _connect(self, client: Any) -> bool:
        try:
            auth = {"token": await self._door.token(), "deviceId": self._device}
            async with asyncio.timeout(CONNECT_SECONDS):
                await client.connect(self._hub.url, auth=auth, transports=["websocket"], wait_timeout=CONNECT_SECONDS)
        except CANNOT_CONNECT:
            return False
        return True

    def _is_turned_away(self, why: object = None, *_: object) -> None:
        """A socket was refused: with a token that is over the next try is with another."""
        if any(code in str(why) for code in TOKEN_OVER):
            self._door.has_expired()

    async def _attend(self, client: Any) -> None:
        self._wanted = asyncio.Queue()
        for listening in self._rooms.values():
            self._want(listening)
        work = [
            asyncio.create_task(self._ask(client), name=f"{self._device} asks"),
            asyncio.create_task(self._say_what_is_shown(client), name=f"{self._device} shows"),
            asyncio.create_task(self._go_on(client), name=f"{self._device} goes on"),
        ]
        try:
            await self._gone.wait()
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)

    # ------------------------------------------------------------------ entering and coming back

    def _want(self, listening: Listening[Any]) -> None:
        """Enter, or come back."""
        self._tally.resubscriptions += listening.is_open
        self._turn_page(listening)

    def _turn_page(self, listening: Listening[Any]) -> None:
        if listening.closed_by is None:
            listening.is_asking = True
            self._wanted.put_nowait(listening)

    async def _ask(self, client: Any) -> None:
        while True:
            listening = await self._wanted.get()
            # The answer is taken in a callback: a coroutine that waits for it would run after entries that follow it.
            answered = partial(self._answered, listening, self._gone)
            try:
                await client.emit("subscribe", listening.question(), callback=answered)
            except socketio.exceptions.SocketIOError:
                self._gone.set()
                return

    async def _say_what_is_shown(self, client: Any) -> None:
        """Say for each station's room up to which number its screen is; the last one only."""
        while True:
            await self._has_shown.wait()
            self._has_shown.clear()
            for listening in self._rooms.values():
                if listening.kind is RoomKind.STATION and listening.is_open and not listening.is_asking:
                    try:
                        await client.emit("delivered", {"room": listening.room, "seq": listening.held})
                    except socketio.exceptions.SocketIOError:
                        self._gone.set()
                        return
            await asyncio.sleep(SHOW_EVERY_SECONDS)

    async def _go_on(self, client: Any) -> None:
        """Show the next token before this one ends, so that nobody is sent away in the middle of a dinner."""
        while self._door.renew_in_seconds < math.inf:
            await asyncio.sleep(max(RENEW_PAUSE_SECONDS, self._door.renew_in_seconds))
            try:
                await client.emit("authenticate", await self._door.token())
            except (*CANNOT_CONNECT, socketio.exceptions.SocketIOError):
                self._gone.set()
                return

    def _answered(self, listening: Listening[Any], gone: asyncio.Event, answer: Json) -> None:
        if gone.is_set():
            return
        listening.is_asking = False
        if answer["ok"]:
            listening.answered(answer)
            if answer.get("more"):
                self._turn_page(listening)
            self._has_shown.set()
            return
        error = answer["error"]
        if error.get("retry"):
            asyncio.get_running_loop().call_later(ASK_AGAIN_SECONDS, self._want, listening)
        elif error["code"] in TOKEN_OVER and self._door.has_expired():
            gone.set()
        else:
            listening.closes(error["code"])

    def _hears(self, event: str, entry: Any = None, *_: object) -> None:
        if event == GOODBYE:
            self._gone.set()
        listening = self._rooms.get(entry.get("room", "")) if isinstance(entry, dict) else None
        if listening is None or listening.closed_by is not None:
            return
        if "seq" in entry:
            if listening.is_open and listening.hears(event, entry) is Verdict.MISSED and not listening.is_asking:
                self._tally.gaps += 1
                self._want(listening)
            self._has_shown.set()
        elif event == ROOM_RESET:
            self._tally.resets += 1
            self._want(listening)
        elif event == ROOM_CLOSED:
            listening.closes(str(entry.get("reason", "closed")))


async def _leave(client: Any) -> None:
    with contextlib.suppress(socketio.exceptions.SocketIOError, aiohttp.ClientError, OSError, TimeoutError):
        async with asyncio.timeout(LEAVE_SECONDS):
            await client.disconnect()


def _moment(timestamp: str) -> float:
    return datetime.fromisoformat(timestamp).timestamp()
