"""People with screens: real Socket.IO clients, with verbs.

    cook = await Person.arrives(hub.url, token)
    await cook.subscribes(room)
    await cook.asks("bump_ticket", ticketId=...)
    assert (await waiter.hears("ticket_bumped"))["ticketId"] == ...
    await waiter.hears_nothing()

Every person checks every chain: an entry that does not fit what their screen holds fails the test that they are in.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import socketio

PATIENCE_SECONDS = 10.0

Said = dict[str, Any]


@dataclass
class Screen:
    """What one person's device holds of one room: its board, its place in the chain, and the entries it applied."""

    room: str
    epoch: str = ""
    held: int = 0
    board: Any = None
    entries: list[Said] = field(default_factory=list)
    is_open: bool = False
    is_between: bool = False
    """Between asking and being answered: what is still on its way from before is in the answer as well."""
    recovered: bool | None = None

    def answered(self, answer: Said) -> None:
        """Take an answer to a subscription: a board or what was missed, then the entries, then its number."""
        if "board" in answer:
            self.board, self.entries = answer["board"], []
            self.held = answer["entries"][0]["prev"] if answer["entries"] else answer["seq"]
        self.recovered = answer.get("recovered")
        for entry in answer["entries"]:
            self.apply(entry)
        assert self.held <= answer["seq"], f"{self.room}: the answer's number is behind its entries"
        self.epoch, self.held = answer["epoch"], answer["seq"]
        self.is_open, self.is_between = not answer["more"], False

    def heard(self, entry: Said) -> None:
        if self.is_between:
            return
        assert self.is_open, f"{self.room}: an entry came to somebody who is not in the room"
        self.apply(entry)

    def apply(self, entry: Said) -> None:
        fits = entry["prev"] <= self.held < entry["seq"]
        assert fits, f"{self.room}: broken at {entry} while holding {self.held}"
        self.held = entry["seq"]
        self.entries.append(entry)

    @property
    def seqs(self) -> list[int]:
        return [entry["seq"] for entry in self.entries]


class Person:
    """Somebody with a device in their hand."""

    def __init__(self, url: str, token: str | None, device: str) -> None:
        self.url = url
        self.token = token
        self.device = device
        self.screens: dict[str, Screen] = {}
        self.heard: list[tuple[str, Said]] = []
        self.broken: list[AssertionError] = []
        self.gone = asyncio.Event()
        self.client = socketio.AsyncClient(reconnection=False)
        self.client.on("*", self._hear)
        self.client.on("disconnect", self._go)
        self._news = asyncio.Event()
        self._taken = 0

    @classmethod
    async def arrives(cls, url: str, token: str | None = None, *, device: str = "tablet") -> "Person":
        """Connect; with a token, wait until the hub knows who it is."""
        person = cls(url, token, device)
        await person.connects()
        if token is not None:
            await person.hears("authenticated")
        return person

    async def connects(self) -> None:
        said = {"deviceId": self.device} | ({} if self.token is None else {"token": self.token})
        self.gone.clear()
        await self.client.connect(self.url, auth=said, transports=["websocket"], wait_timeout=PATIENCE_SECONDS)

    async def is_turned_away(self) -> str:
        """Knock, expect not to be let in, and give the code."""
        refused: list[Said] = []
        self.client.on("connect_error", refused.append)
        try:
            await self.connects()
        except socketio.exceptions.ConnectionError:
            return str(refused[0]["data"]["code"])
        raise AssertionError("Nobody turned them away.")

    async def leaves(self) -> None:
        """Put the device away. Whatever it saw broken is said now."""
        await self.client.disconnect()
        self.checks()

    async def loses_the_network(self) -> None:
        """The connection is simply gone; the screens keep what they hold."""
        for screen in self.screens.values():
            screen.is_open, screen.is_between = False, True
        transport = self.client.eio.ws._conn.transport
        if transport is not None:
            transport.abort()
        await self.client.disconnect()

    async def returns(self, url: str | None = None) -> None:
        """Come back, perhaps to another hub, and subscribe to every room again."""
        self.url = url or self.url
        await self.connects()
        for room, screen in list(self.screens.items()):
            if not room.startswith(("user:", "announcements")):
                await self.subscribes(room, since=screen.held, epoch=screen.epoch)

    def checks(self) -> None:
        """Fail if any chain was broken."""
        if self.broken:
            raise self.broken[0]

    # Verbs

    async def says(self, name: str, *said: Any) -> Said:
        """Send any message and give its acknowledgement."""
        return await self._call(name, said)

    async def asks(self, verb: str, **fields: Any) -> Said:
        """Ask a command, and expect it done."""
        answer = await self._call(verb, (fields,))
        assert answer["ok"], answer
        return answer

    async def is_refused(self, name: str, *said: Any) -> str:
        """Send a message, expect a no, and give its code."""
        answer = await self._call(name, said)
        assert not answer["ok"], answer
        assert answer["error"]["message"], answer
        return str(answer["error"]["code"])

    async def subscribes(self, room: Any, *, since: int | None = None, epoch: str | None = None) -> Screen:
        """Subscribe, page after page until the room is entered, and give the screen."""
        name = str(room)
        screen = self.screens.setdefault(name, Screen(name))
        recovered = None
        while True:
            answer = await self.turns_to(name, since=since, epoch=epoch)
            recovered = answer.get("recovered", recovered) if recovered is not False else False
            screen.recovered = recovered
            if not answer["more"]:
                self.checks()
                return screen
            since, epoch = screen.held, screen.epoch

    async def turns_to(self, room: Any, **fields: Any) -> Said:
        """Subscribe once, and give the answer as it came. The screen has taken it."""
        name = str(room)
        screen = self.screens.setdefault(name, Screen(name))
        screen.is_open, screen.is_between = False, True
        said = {"room": name} | {key: value for key, value in fields.items() if value is not None}
        answer = await self._call("subscribe", (said,), then=lambda answer: self._answered(screen, answer))
        assert answer["ok"], answer
        return answer

    async def hears(self, *names: str, where: Callable[[Said], bool] = lambda said: True) -> Said:
        """The next one of these names that was not taken yet. Waits for it."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                for index in range(self._taken, len(self.heard)):
                    heard, said = self.heard[index]
                    if heard in names and where(said):
                        self._taken = index + 1
                        self.checks()
                        return said
                self._news.clear()
                await self._news.wait()

    async def hears_up_to(self, room: Any, seq: int) -> Screen:
        """Wait until the screen holds this number."""
        screen = self.screens[str(room)]
        async with asyncio.timeout(PATIENCE_SECONDS):
            while screen.held < seq and not self.broken:
                self._news.clear()
                await self._news.wait()
        self.checks()
        return screen

    async def hears_nothing(self, *, but: frozenset[str] = frozenset({"beat"})) -> None:
        """Nothing came since what was heard last. One question's round trip is long enough: a socket is in order."""
        await self._call("unsubscribe", ({"room": "announcements"},))
        missed = [heard for heard in self.heard[self._taken :] if heard[0] not in but]
        assert not missed, missed
        self.checks()

    async def is_sent_away(self) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self.gone.wait()

    # What happens beneath

    async def _call(self, name: str, said: tuple[Any, ...], then: Callable[[Said], None] | None = None) -> Said:
        answered: asyncio.Future[Said] = asyncio.get_running_loop().create_future()

        def acknowledged(answer: Said) -> None:
            # Here and now: what the hub sends next may already be on its way in.
            if then is not None and answer["ok"]:
                then(answer)
            if not answered.done():
                answered.set_result(answer)

        await self.client.emit(name, said, callback=acknowledged)
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await answered

    def _answered(self, screen: Screen, answer: Said) -> None:
        try:
            screen.answered(answer)
        except AssertionError as error:
            self.broken.append(error)

    def _hear(self, name: str, said: Said) -> None:
        self.heard.append((name, said))
        if name in ("room_reset", "room_closed") and said["room"] in self.screens:
            self.screens[said["room"]].is_open = False
        screen = self.screens.get(said.get("room", ""))
        if screen is not None and "seq" in said:
            try:
                screen.heard(said)
            except AssertionError as error:
                self.broken.append(error)
        self._news.set()

    def _go(self, *reason: Any) -> None:
        self.gone.set()
        self._news.set()
