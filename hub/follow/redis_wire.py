"""A wire: one connection to Redis, ours from its handshake on. One write per turn of the loop; answers as they come.

redis-py knows addresses, passwords and TLS, so it connects. What goes over the wire then is a matter of microseconds:
the transport gets a protocol of our own, without a task, a timer or a future per message.
Not its business: making lost connections again (`hub.follow.redis_line`), or what is said (a `Speaker`).
"""

import asyncio
from typing import Any, Protocol, cast

from hiredis import Reader, pack_command
from redis.asyncio.connection import AbstractConnection
from redis.exceptions import ConnectionError as Lost
from redis.exceptions import InvalidResponse, RedisError, ResponseError

PING_SECONDS = 0.9
ANSWER_SECONDS_MAX = 0.8
"""A Redis that says nothing for so long, though asked, is taken for frozen. With PING_SECONDS: in less than two."""
UNSENT_BYTES_MAX = 256 * 1024
"""While Redis leaves more than this unread, nothing is said: what there is to say waits where it has its own bound."""
TURN_BYTES_MAX = 64 * 1024
"""A turn that has said so much says no more. So no wire ever holds more than both of these and one command."""


UNREAD_BYTES_MAX = 8 * 1024 * 1024
"""Whatever a hub says in one piece is a hundred times shorter. A stranger who may publish can make a hub throw a long
message away, but not keep as much as they like, and needs this much at once to break the line."""


class TooLong(RedisError):
    """Redis tells something that is longer than anything a hub says."""


class NoAnswer(RedisError):
    """Redis was asked and said nothing in time."""


class Speaker(Protocol):
    """Who has a wire. All three are called in the middle of a turn: return soon. Whatever they raise ends the wire."""

    def say(self, wire: "Wire") -> None:
        """Say what there is to say, as long as the wire `has_room`. Called once in the turn after `wake`, and again
        in the next one where there was no more room."""
        ...

    def answered(self, answer: Any) -> None:
        """Redis answered what was said, in the order in which it was said."""
        ...

    def heard(self, channel: bytes, message: object) -> None:
        """Somebody published this on a channel that was subscribed here."""
        ...


async def taken_over(connection: AbstractConnection, speaker: Speaker) -> "Wire":
    """The wire of a connection that stands and is not used by anybody else from now on, save for disconnecting it."""
    # Redis speaks when it is asked. If there is more, or an end, nobody would tell the wire of it.
    has_more = await connection.can_read()
    writer = connection._writer
    if has_more or writer is None or writer.transport.is_closing():
        raise Lost("The connection did not outlast its handshake.")
    wire = Wire(writer.transport, speaker)
    writer.transport.set_protocol(wire)
    return wire


class Wire(asyncio.Protocol):
    """Speaks and hears for its speaker until it is lost, or until `hold` is cancelled."""

    def __init__(self, transport: asyncio.WriteTransport, speaker: Speaker) -> None:
        self._transport = transport
        self._transport.set_write_buffer_limits(high=UNSENT_BYTES_MAX)
        self._speaker = speaker
        self._loop = asyncio.get_running_loop()
        self._reader = Reader(protocolError=InvalidResponse, replyError=ResponseError)
        self._end: asyncio.Future[Exception] = self._loop.create_future()
        self._said: list[bytes] = []
        self._said_bytes = 0
        self._owed = 0
        self._heard_at = 0.0
        self._watch: asyncio.TimerHandle | None = None
        self._must_ping = False
        self._has_turn = False
        self._is_full = False

    async def hold(self) -> None:
        """Ask Redis at once, and then every PING_SECONDS, whether it is there. Raises why the wire was lost."""
        try:
            while not self._end.done():
                self.ping()
                await asyncio.wait([self._end], timeout=PING_SECONDS)
            raise self._end.result()
        finally:
            self.hang_up()

    def hang_up(self) -> None:
        """Lose the connection on purpose. What was said and not answered may be lost with it."""
        self._lose(Lost("We hung up."))

    # Speaking

    def wake(self) -> None:
        """Let the speaker say what it has, together with all that this turn of the loop brings."""
        if not self._has_turn:
            self._has_turn = True
            self._loop.call_soon(self._turn)

    def ping(self) -> None:
        """Ask Redis whether it is there, after everything else there is to say."""
        self._must_ping = True
        self.wake()

    @property
    def has_room(self) -> bool:
        """Whether this turn may say more."""
        return self._said_bytes < TURN_BYTES_MAX

    def say(self, *words: bytes, answers: int = 1) -> None:
        """Have this command in the turn's write. `answers`: how often Redis will answer it."""
        if self._owed == 0:
            self._expect_an_answer()
        self._owed += answers
        # Its stub has tuples of one word only.
        command: bytes = pack_command(cast(tuple[bytes], words))
        self._said.append(command)
        self._said_bytes += len(command)

    def _turn(self) -> None:
        self._has_turn = False
        if self._is_full or self._end.done():
            return
        try:
            self._speaker.say(self)
        except Exception as failure:
            self._lose(failure)
            return
        if not self.has_room:
            self.wake()
        elif self._must_ping:
            self._must_ping = False
            self.say(b"PING")
        if self._said:
            said, self._said, self._said_bytes = self._said, [], 0
            self._transport.write(b"".join(said))

    def pause_writing(self) -> None:
        self._is_full = True

    def resume_writing(self) -> None:
        self._is_full = False
        self.wake()

    # Hearing

    def data_received(self, data: bytes) -> None:
        if self._end.done():
            return  # Whoever spoke may speak over another wire by now.
        self._heard_at = self._loop.time()
        try:
            self._reader.feed(data)
            while (told := self._reader.gets()) is not False:
                self._take(told)
            if self._reader.len() > UNREAD_BYTES_MAX:
                raise TooLong("Redis tells more at once than any hub says.")
        except Exception as failure:
            self._lose(failure)

    def _take(self, told: Any) -> None:
        if type(told) is list and len(told) == 3 and told[0] == b"message":
            self._speaker.heard(told[1], told[2])
            return
        if isinstance(told, ResponseError):
            raise told
        self._owed -= 1
        self._speaker.answered(told)

    # Losing

    def _expect_an_answer(self) -> None:
        self._heard_at = self._loop.time()
        if self._watch is None:
            self._watch = self._loop.call_later(ANSWER_SECONDS_MAX, self._look_for_answers)

    def _look_for_answers(self) -> None:
        """One timer for all that is owed: it looks when there was something said last, and sleeps again."""
        self._watch = None
        if self._owed == 0:
            return
        due_at = self._heard_at + ANSWER_SECONDS_MAX
        if self._loop.time() < due_at:
            self._watch = self._loop.call_at(due_at, self._look_for_answers)
        else:
            self._lose(NoAnswer("Redis does not answer."))

    def connection_lost(self, exc: Exception | None) -> None:
        self._lose(Lost(f"The connection is lost: {exc}." if exc else "Redis hung up."))

    def _lose(self, why: Exception) -> None:
        if self._end.done():
            return
        self._end.set_result(why)
        if self._watch is not None:
            self._watch.cancel()
        # Not closed: what Redis does not read would keep a closing connection for ever.
        self._transport.abort()
