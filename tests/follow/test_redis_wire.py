"""A wire to Redis, byte by byte and second by second: against a Redis that does what it is told to, in no time."""

import asyncio
import tempfile
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import hiredis
import pytest
from redis.exceptions import ConnectionError as Lost
from redis.exceptions import InvalidResponse, ResponseError

from hub.follow import redis_wire
from hub.follow.redis_line import dialling
from hub.follow.redis_wire import (
    ANSWER_SECONDS_MAX,
    PING_SECONDS,
    TURN_BYTES_MAX,
    UNSENT_BYTES_MAX,
    NoAnswer,
    TooLong,
    Wire,
    taken_over,
)
from tests.follow.stand_ins import in_no_time, time_passes

PONG = b"+PONG\r\n"


class ScriptedRedis:
    """Notes what it is asked, and answers PING and nothing else, unless told otherwise."""

    def __init__(self) -> None:
        self.asked: list[tuple[bytes, ...]] = []
        self.is_silent = False
        self.may_read = asyncio.Event()
        self.may_read.set()
        self.answers: Callable[[tuple[bytes, ...]], bytes] = lambda command: b""
        self._writer: asyncio.StreamWriter | None = None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        parser = hiredis.Reader()
        with suppress(ConnectionError):
            while data := await self._read(reader):
                parser.feed(data)
                while (words := parser.gets()) is not False:
                    self._take(tuple(words))
        writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> bytes:
        await self.may_read.wait()
        return await reader.read(64 * 1024)

    def _take(self, command: tuple[bytes, ...]) -> None:
        self.asked.append(command)
        if not self.is_silent:
            self.says(PONG if command == (b"PING",) else self.answers(command))

    def says(self, data: bytes) -> None:
        assert self._writer is not None
        self._writer.write(data)

    def hangs_up(self) -> None:
        assert self._writer is not None
        self._writer.close()


class Narrator:
    """A speaker with a list of commands, who notes what comes back."""

    def __init__(self) -> None:
        self.to_say: deque[tuple[bytes, ...]] = deque()
        self.back: list[Any] = []
        self.failure: Exception | None = None

    def say(self, wire: Wire) -> None:
        while self.to_say and wire.has_room:
            wire.say(*self.to_say.popleft())

    def answered(self, answer: Any) -> None:
        if self.failure is not None:
            raise self.failure
        self.back.append(answer)

    def heard(self, channel: bytes, message: object) -> None:
        self.back.append((channel, message))


class CountedWrites(asyncio.WriteTransport):
    """Passes everything on, and counts the writes."""

    def __init__(self, transport: asyncio.WriteTransport) -> None:
        self._transport = transport
        self.writes: list[bytes] = []

    def write(self, data: Any) -> None:
        self.writes.append(bytes(data))
        self._transport.write(data)

    def abort(self) -> None:
        self._transport.abort()

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        self._transport.set_write_buffer_limits(high, low)

    @property
    def unsent_bytes(self) -> int:
        return self._transport.get_write_buffer_size()


class Scene:
    def __init__(self, redis: ScriptedRedis, speaker: Narrator, wire: Wire, transport: CountedWrites) -> None:
        self.redis = redis
        self.speaker = speaker
        self.wire = wire
        self.transport = transport
        self.holding = asyncio.create_task(wire.hold())

    def speaks(self, *commands: tuple[bytes, ...]) -> None:
        for command in commands:
            self.speaker.to_say.append(command)
            self.wire.wake()

    async def end(self) -> tuple[Exception, float]:
        """Why the wire ended, and when."""
        await asyncio.wait([self.holding])
        why = self.holding.exception()
        assert isinstance(why, Exception)
        return why, now()


def now() -> float:
    return asyncio.get_running_loop().time()


@asynccontextmanager
async def a_server() -> AsyncIterator[tuple[ScriptedRedis, str]]:
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        redis, path = ScriptedRedis(), str(Path(folder) / "r.sock")
        async with await asyncio.start_unix_server(redis.serve, path):
            yield redis, path


def told(story: Callable[[Scene], Awaitable[None]]) -> None:
    async def whole_story() -> None:
        async with a_server() as (redis, path):
            transport, _ = await asyncio.get_running_loop().create_unix_connection(asyncio.Protocol, path)
            counted, speaker = CountedWrites(transport), Narrator()
            wire = Wire(counted, speaker)
            transport.set_protocol(wire)
            scene = Scene(redis, speaker, wire, counted)
            await time_passes(0.01)
            assert speaker.back == [b"PONG"], "the first thing said is whether anybody is there"
            try:
                await story(scene)
            finally:
                redis.may_read.set()
                scene.holding.cancel()
                await asyncio.wait([scene.holding])
                transport.abort()
                await time_passes(0.01)

    in_no_time(whole_story())


# ------------------------------------------------------------------ one write per turn


def test_what_is_said_in_one_turn_is_one_write() -> None:
    async def story(scene: Scene) -> None:
        scene.redis.answers = lambda command: b":1\r\n"
        before = len(scene.transport.writes)
        asyncio.get_running_loop().call_soon(scene.speaks, (b"PUBLISH", b"c", b"2"))
        scene.speaks((b"PUBLISH", b"c", b"1"))
        scene.speaks((b"PUBLISH", b"c", b"3"))
        scene.wire.ping()
        await time_passes(0.01)
        assert len(scene.transport.writes) - before == 1
        assert [command[-1] for command in scene.redis.asked[1:]] == [b"1", b"3", b"2", b"PING"]
        assert scene.speaker.back[1:] == [1, 1, 1, b"PONG"]

    told(story)


def test_a_long_speech_takes_several_turns_and_lets_others_have_theirs() -> None:
    async def story(scene: Scene) -> None:
        scene.redis.answers = lambda command: b":0\r\n"
        before = len(scene.transport.writes)
        scene.speaks(*[(b"PUBLISH", b"c", b"x" * 1_000)] * 500)
        for turn in range(1, 6):
            await asyncio.sleep(0)
            assert len(scene.transport.writes) - before <= turn
        await time_passes(0.1)
        writes = scene.transport.writes[before:]
        assert max(map(len, writes)) < TURN_BYTES_MAX + 1_100
        assert len(writes) <= 500_000 // TURN_BYTES_MAX + 2
        assert len(scene.speaker.back) == 501

    told(story)


def test_a_redis_that_does_not_read_is_not_told_more_than_the_bound_and_gets_the_rest_when_it_reads_again() -> None:
    async def story(scene: Scene) -> None:
        scene.redis.answers = lambda command: b":0\r\n"
        scene.redis.may_read.clear()
        commands = [(b"PUBLISH", b"c", b"%06d" % number * 500) for number in range(2_000)]
        scene.speaks(*commands)
        for _ in range(1_000):
            await asyncio.sleep(0)
            assert scene.transport.unsent_bytes <= UNSENT_BYTES_MAX + TURN_BYTES_MAX + 3_100
        assert scene.transport.unsent_bytes > UNSENT_BYTES_MAX, "it is full"
        assert len(scene.speaker.to_say) > 1_000
        scene.redis.may_read.set()
        await time_passes(0.1)
        assert scene.redis.asked[1:] == commands
        assert len(scene.speaker.back) == 2_001

    told(story)


# ------------------------------------------------------------------ hearing


def test_answers_and_messages_may_come_in_pieces_and_many_at_once() -> None:
    async def story(scene: Scene) -> None:
        scene.redis.is_silent = True
        scene.speaks((b"SUBSCRIBE", b"c"))
        await time_passes(0.01)
        message = b"*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$4\r\nf\r\n1\r\n"
        spoken = b"*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n" + message * 3
        for place in range(len(spoken)):
            scene.redis.says(spoken[place : place + 1])
            await asyncio.sleep(0)
        scene.redis.says(message * 3)
        await time_passes(0.01)
        assert scene.speaker.back[1:] == [[b"subscribe", b"c", 1], *[(b"c", b"f\r\n1")] * 6]

    told(story)


# ------------------------------------------------------------------ asking whether anybody is there


def test_a_quiet_wire_asks_on_and_on_and_stays() -> None:
    async def story(scene: Scene) -> None:
        await time_passes(600 * PING_SECONDS)
        assert scene.redis.asked == [(b"PING",)] * len(scene.redis.asked)
        assert 595 < len(scene.redis.asked) < 605
        assert not scene.holding.done()

    told(story)


def test_a_redis_that_falls_silent_is_noticed_in_less_than_two_seconds() -> None:
    async def story(scene: Scene) -> None:
        await time_passes(10)
        scene.redis.is_silent, silent_at = True, now()
        why, ended_at = await scene.end()
        assert isinstance(why, NoAnswer)
        assert ended_at - silent_at <= PING_SECONDS + ANSWER_SECONDS_MAX + 0.01

    told(story)


@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.5, 0.85])
def test_what_is_not_answered_ends_the_wire_when_the_answers_time_is_over(seconds: float) -> None:
    async def story(scene: Scene) -> None:
        await time_passes(seconds)
        scene.redis.is_silent = True
        scene.speaks((b"PUBLISH", b"c", b"1"))
        asked_at = now()
        why, ended_at = await scene.end()
        assert isinstance(why, NoAnswer)
        assert ended_at - asked_at == pytest.approx(ANSWER_SECONDS_MAX, abs=0.01)

    told(story)


def test_a_slow_redis_is_not_a_silent_one_but_owes_its_last_answer_all_the_same() -> None:
    async def story(scene: Scene) -> None:
        await time_passes(0.05)
        scene.redis.is_silent = True
        scene.speaks(*[(b"PUBLISH", b"c", b"1")] * 10)
        for _ in range(9):
            await time_passes(0.9 * ANSWER_SECONDS_MAX)
            scene.redis.says(b":1\r\n")
        last_at = now()
        why, ended_at = await scene.end()
        assert isinstance(why, NoAnswer)
        assert scene.speaker.back[1:] == [1] * 9
        assert ended_at - last_at == pytest.approx(ANSWER_SECONDS_MAX, abs=0.01)

    told(story)


def test_one_command_may_be_owed_many_answers() -> None:
    async def story(scene: Scene) -> None:
        scene.redis.is_silent = True
        scene.wire.say(b"SUBSCRIBE", b"a", b"b", answers=2)
        scene.wire.wake()
        await time_passes(0.1)
        scene.redis.says(b"*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n")
        last_at = now()
        why, ended_at = await scene.end()
        assert isinstance(why, NoAnswer)
        assert ended_at - last_at == pytest.approx(ANSWER_SECONDS_MAX, abs=0.01)

    told(story)


# ------------------------------------------------------------------ how it ends


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"-NOPERM you may not\r\n", ResponseError),
        (b"?what\r\n", InvalidResponse),
        (b"*3\r\n$7\r\nmessage\r\n$-7\r\n", InvalidResponse),
    ],
)
def test_an_error_or_nonsense_ends_the_wire_and_says_so(data: bytes, kind: type[Exception]) -> None:
    async def story(scene: Scene) -> None:
        scene.redis.says(data)
        why, _ = await scene.end()
        assert isinstance(why, kind)

    told(story)


def test_what_is_longer_than_anything_a_hub_says_ends_the_wire_before_it_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(redis_wire, "UNREAD_BYTES_MAX", 100_000)

    async def story(scene: Scene) -> None:
        scene.redis.says(b"*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$500000000\r\n" + b"x" * 100_001)
        why, _ = await scene.end()
        assert isinstance(why, TooLong)

    told(story)


def test_a_redis_that_hangs_up_ends_the_wire() -> None:
    async def story(scene: Scene) -> None:
        scene.redis.hangs_up()
        why, ended_at = await scene.end()
        assert isinstance(why, Lost)
        assert ended_at < 0.1

    told(story)


def test_a_speaker_that_fails_ends_its_wire_and_is_not_asked_again() -> None:
    async def story(scene: Scene) -> None:
        scene.speaker.failure = KeyError("of the speaker")
        scene.wire.ping()
        why, _ = await scene.end()
        assert why is scene.speaker.failure
        said = len(scene.transport.writes)
        scene.speaks((b"PUBLISH", b"c", b"1"))
        scene.wire.ping()
        await time_passes(10)
        assert len(scene.transport.writes) == said
        assert scene.speaker.to_say

    told(story)


def test_a_wire_that_is_let_go_hangs_up_though_redis_reads_nothing() -> None:
    async def story(scene: Scene) -> None:
        scene.redis.may_read.clear()
        scene.speaks(*[(b"PUBLISH", b"c", b"x" * 10_000)] * 1_000)
        await time_passes(0.1)
        scene.holding.cancel()
        await asyncio.wait([scene.holding])
        await time_passes(0.01)
        assert scene.holding.cancelled()
        assert scene.transport.unsent_bytes == 0

    told(story)


# ------------------------------------------------------------------ taking over


def test_a_connection_is_taken_over_only_if_it_stands_and_nothing_is_left_unread() -> None:
    async def story() -> None:
        async with a_server() as (redis, path):
            connection = dialling(f"unix://{path}")()
            await connection.connect()
            await time_passes(0.01)
            redis.says(b"-ERR max number of clients reached\r\n")
            await time_passes(0.01)
            with pytest.raises(Lost):
                await taken_over(connection, Narrator())
            await connection.disconnect(nowait=True)
            again = dialling(f"unix://{path}")()
            await again.connect()
            await time_passes(0.01)
            redis.hangs_up()
            await time_passes(0.01)
            with pytest.raises(Lost):
                await taken_over(again, Narrator())
            await again.disconnect(nowait=True)

    in_no_time(story())
