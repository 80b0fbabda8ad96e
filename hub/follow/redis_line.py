"""A line to Redis: one connection, made again whenever it is lost, and proven before it counts as up.

Not its business: what goes over it (`hub.follow.redis_wire`), or what that says (`hub.follow.redis_doorbell`).
"""

import asyncio
import random
from collections.abc import Callable
from typing import Any, Protocol

import structlog
from redis.asyncio.connection import AbstractConnection, Connection, parse_url
from redis.exceptions import RedisError

from hub.follow.redis_wire import Speaker, Wire, taken_over

CONNECT_SECONDS_MAX = 1.0
RECONNECT_SECONDS_MIN = 0.05
RECONNECT_SECONDS_MAX = 1.0

_OF_A_POOL = ("max_connections", "timeout")
"""What a Redis address may say about pools, which we have none of."""

log = structlog.get_logger(__name__)

Dial = Callable[[], AbstractConnection]


def dialling(url: str) -> Dial:
    """How to connect to a `redis://`, `rediss://` or `unix://` address. Raises ValueError for any other.

    No connection retries or gives up by itself, whatever the address says: that is the line's business. (redis-py's
    `socket_timeout` is built on `wait_for`, which on Python 3.11 may swallow the cancellation of its task.)
    """
    options: dict[str, Any] = dict(parse_url(url))
    for name in _OF_A_POOL:
        options.pop(name, None)
    connection_class: type[AbstractConnection] = options.pop("connection_class", Connection)
    options |= {
        "socket_connect_timeout": CONNECT_SECONDS_MAX,
        "socket_timeout": None,
        "health_check_interval": 0,
        "retry": None,
        "retry_on_timeout": False,
        "protocol": 2,
        "decode_responses": False,
        "driver_info": None,
    }
    return lambda: connection_class(**options)


class Operator(Speaker, Protocol):
    """Who speaks and hears on a line, over one wire after another."""

    def connected(self, wire: Wire) -> None:
        """This is the wire from now on. It is not proven yet."""
        ...

    def disconnected(self) -> None:
        """There is no wire until the next one; what was said and not answered may be lost."""
        ...


class Line:
    """Keeps one connection. `is_up` is None until the first attempt has ended, and then says whether it stands."""

    def __init__(self, dial: Dial, on_change: Callable[[], None]) -> None:
        self._dial = dial
        self._on_change = on_change
        self._up_since = float("inf")
        self._wire: Wire | None = None
        self.is_up: bool | None = None
        self.why_down: str = ""
        self.was_tried = asyncio.Event()

    def proven(self) -> None:
        """Redis has answered on this connection. Accepting one proves nothing: the kernel does that for a frozen
        Redis, too."""
        self._become(is_up=True)

    def hang_up(self) -> None:
        """Give up the connection there is, as if it had been lost. Another one is made at once."""
        if self._wire is not None:
            self._wire.hang_up()

    async def keep(self, operator: Operator) -> None:
        """Connect, for ever. The operator says `proven()` when Redis answers."""
        failures = 0
        while True:
            await self._connect_once(operator)
            # A line that is lost again at once (no rights to publish, say) must not be dialled in a circle.
            has_stood = asyncio.get_running_loop().time() - self._up_since >= RECONNECT_SECONDS_MAX
            failures = 0 if has_stood else failures + 1
            self._up_since = float("inf")
            seconds = min(RECONNECT_SECONDS_MAX, RECONNECT_SECONDS_MIN * 2 ** min(failures, 10))
            await asyncio.sleep(seconds * random.uniform(0.5, 1.0))

    async def _connect_once(self, operator: Operator) -> None:
        connection = self._dial()
        why = ""
        try:
            async with asyncio.timeout(CONNECT_SECONDS_MAX):
                await connection.connect()
            self._wire = wire = await taken_over(connection, operator)
            operator.connected(wire)
            try:
                await wire.hold()
            finally:
                self._wire = None
                operator.disconnected()
        except (RedisError, OSError) as lost:
            why = str(lost) or type(lost).__name__
        except Exception as failure:
            # The edge of a task: whatever Redis or we did, the line is made again.
            log.exception("The line to Redis broke in a way nobody foresaw.")
            why = type(failure).__name__
        finally:
            await connection.disconnect(nowait=True)
            self._become(is_up=False, why=why)

    def _become(self, *, is_up: bool, why: str = "") -> None:
        self.was_tried.set()
        if is_up is self.is_up:
            return
        self.is_up, self.why_down = is_up, why
        if is_up:
            self._up_since = asyncio.get_running_loop().time()
        self._on_change()
