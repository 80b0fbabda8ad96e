"""Who is connected to the house, for operators: this hub knows its own sockets, and asks the other hubs for theirs.

Nothing of it is kept. A question goes the way that pulses go, on which anything may be lost: so it is asked again until
every hub that was heard lately has answered, for as long as somebody would wait. Not its business: what a socket is,
and which hubs there are (`rooms`), and who may ask.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from hub.audience import RoomKind
from hub.events.event import Shape
from hub.follow import Pulses
from hub.follow.pulses import PULSE_BYTES_MAX
from hub.ids import SessionId, UserId, new_name
from hub.moments import Moment

ASK_SECONDS_MAX = 2.0
ASK_AGAIN_SECONDS = 0.25
CONNECTIONS_TOLD_MAX = 20
"""Of one person's, by each hub, where so many fit into a pulse. Those that came last are told."""
ROOMS_TOLD_MAX = 4


class HubHere(Shape):
    """One hub of the house and who is connected to it, as it said `at` that time.

    `places` are the members in rooms, by kind of room. Before `behindSeconds` ago nothing was recorded that it has not
    delivered since. `isHealthy` is whether it hears its own tokens, and follows every ledger that it should.
    """

    instance: str
    host: str
    version: str
    at: Moment
    is_healthy: bool
    is_stopping: bool
    is_redis_up: bool
    sockets: int
    rooms: int
    places: dict[RoomKind, int]
    behind_seconds: float


class Standing(Shape):
    """A room that a socket is in: up to which number the hub has handed it entries, and up to which it showed them."""

    room: str
    seq: int
    shown: int


class Connection(Shape):
    """One socket of a person: at which hub, on which device, since when, and where it listens.

    Of many `rooms` the first are told; `roomsInAll` says how many there are.
    """

    instance: str
    socket_id: str
    device: str | None
    session_id: SessionId | None
    connected_at: Moment
    rooms: tuple[Standing, ...]
    rooms_in_all: int


@dataclass(frozen=True, slots=True)
class Found:
    """A person's connections, the newest first; how many there are with those that were not told; and the hubs that
    did not say theirs in time."""

    connections: tuple[Connection, ...]
    in_all: int
    silent: tuple[str, ...]


class _Question(Shape):
    says: Literal["question"] = "question"
    number: str
    user_id: UserId


class _Answer(Shape):
    says: Literal["answer"] = "answer"
    number: str
    instance: str
    connections: tuple[Connection, ...]
    in_all: int


_SAID: TypeAdapter[_Question | _Answer] = TypeAdapter(_Question | _Answer)


@dataclass(slots=True)
class _Asked:
    """A question under way: what each hub has answered so far."""

    answers: dict[str, _Answer] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)


def _nobody(user: UserId) -> Iterable[Connection]:
    return ()


def _nowhere() -> Sequence[HubHere]:
    return ()


class Attendance:
    """Who is connected. One per hub."""

    def __init__(self, instance: str, pulses: Pulses) -> None:
        self._instance = instance
        self._pulses = pulses
        self._here: Callable[[UserId], Iterable[Connection]] = _nobody
        self._hubs: Callable[[], Sequence[HubHere]] = _nowhere
        self._asked: dict[str, _Asked] = {}

    def looks_at(self, here: Callable[[UserId], Iterable[Connection]], hubs: Callable[[], Sequence[HubHere]]) -> None:
        """From now on `here` tells a person's sockets at this hub, the newest first.

        `hubs` tells every hub of the house, this one first.
        """
        self._here, self._hubs = here, hubs

    def hubs(self) -> Sequence[HubHere]:
        """The hubs of the house that were heard lately, this one first. While Redis is away that is this one alone."""
        return self._hubs()

    async def of_user(self, user: UserId) -> Found:
        """The person's connections at all hubs. Takes as long as the slowest, and `ASK_SECONDS_MAX` at most."""
        others = {hub.instance for hub in self._hubs()} - {self._instance}
        question, asked = _Question(number=new_name(), user_id=user), _Asked()
        self._asked[question.number] = asked
        try:
            async with asyncio.timeout(ASK_SECONDS_MAX):
                while not others <= asked.answers.keys():
                    await self._ask(question, asked)
        except TimeoutError:
            pass
        finally:
            del self._asked[question.number]
        answers = [self._answer(question), *asked.answers.values()]
        found = [connection for answer in answers for connection in answer.connections]
        found.sort(key=lambda one: one.connected_at, reverse=True)
        in_all = sum(answer.in_all for answer in answers)
        return Found(tuple(found), in_all, tuple(sorted(others - asked.answers.keys())))

    def hear(self, body: bytes) -> bool:
        """Take in what came the way that pulses come. False where it is no question of a hub's, and no answer."""
        try:
            said = _SAID.validate_json(body)
        except ValidationError:
            return False
        if isinstance(said, _Question):
            # One hears oneself, too, and knows the answer without asking.
            if said.number not in self._asked:
                self._say(self._answer(said))
        elif (asked := self._asked.get(said.number)) is not None:
            asked.answers[said.instance] = said
            asked.news.set()
        return True

    async def _ask(self, question: _Question, asked: _Asked) -> None:
        asked.news.clear()
        self._say(question)
        try:
            async with asyncio.timeout(ASK_AGAIN_SECONDS):
                await asked.news.wait()
        except TimeoutError:
            return

    def _answer(self, question: _Question) -> _Answer:
        """As many of the person's connections as fit where a pulse does, those that came last before all."""
        here = tuple(self._here(question.user_id))
        told = here[:CONNECTIONS_TOLD_MAX]
        while True:
            answer = _Answer(number=question.number, instance=self._instance, connections=told, in_all=len(here))
            if not told or len(_body(answer)) <= PULSE_BYTES_MAX:
                return answer
            told = told[:-1]

    def _say(self, said: _Question | _Answer) -> None:
        self._pulses.send(_body(said))


def _body(said: _Question | _Answer) -> bytes:
    return said.model_dump_json(by_alias=True).encode()
