"""The pool: a few connections to PostgreSQL, made when they are wanted, and had in the order of asking.

asyncpg's own pool lets whoever asks at the right moment overtake those who wait, so that where many ask all the time
some wait until their time is up; and handing a connection out and back costs it as much as asking the server twice.

Not its business: transactions, and what a caller is told (`hub.store.database`).
"""

import asyncio
from collections.abc import Awaitable, Callable

from hub.store.connections import Connection
from hub.store.turns import Turns


class TooLate(Exception):
    """No connection came free, or could be made, in time."""


class Pool:
    """At most `size_max` connections, each made by `connect`."""

    def __init__(self, connect: Callable[[], Awaitable[Connection]], *, size_max: int) -> None:
        self._connect = connect
        self._size_max = size_max
        self._turns = Turns(size_max)
        self._all: set[Connection] = set()
        self._idle: list[Connection] = []
        self._is_closing = False

    @property
    def size(self) -> int:
        return sum(not line.is_closed() for line in self._all)

    @property
    def in_use(self) -> int:
        return self.size - sum(not line.is_closed() for line in self._idle)

    @property
    def is_closing(self) -> bool:
        return self._is_closing

    async def take(self, seconds_max: float) -> Connection:
        """A connection; at once where one is idle. Raises TooLate, and what connecting raises."""
        due = asyncio.get_running_loop().time() + seconds_max
        if not await self._turns.take(seconds_max):
            raise TooLate
        line: Connection | None = None
        try:
            line = self._idle_one() or await self._connected_by(due)
            return line
        finally:
            if line is None:
                self._turns.give_back()

    def give_back(self, line: Connection) -> None:
        """Let somebody else have the connection. One that is closed is forgotten.

        Nothing is reset, which saves a round trip. No session state can leak: settings are changed with `set local`
        only, the hub's role can make no temporary tables, and nobody listens or holds session locks.
        """
        if line.is_closed() or line.is_in_transaction():
            # What was left open is undone by cutting it.
            line.terminate()
            self._all.discard(line)
        else:
            self._idle.append(line)
        self._turns.give_back()

    async def close(self, seconds_max: float) -> None:
        """Close each connection when it is given back; cut what is in use, or does not answer, after so long."""
        self._is_closing = True
        closing = asyncio.create_task(self._close_all(seconds_max), name="database-close")
        done, _ = await asyncio.wait({closing}, timeout=seconds_max)
        if done:
            return closing.result()
        for line in self._all:
            line.terminate()
        closing.cancel()
        await asyncio.wait({closing}, timeout=seconds_max)
        return None

    async def _close_all(self, seconds_max: float) -> None:
        for _ in range(self._size_max):
            await self._turns.take(seconds_max)
        await asyncio.gather(*(line.close() for line in self._idle))

    def _idle_one(self) -> Connection | None:
        while self._idle:
            line = self._idle.pop()
            if not line.is_closed():
                return line
            self._all.discard(line)
        return None

    async def _connected_by(self, due: float) -> Connection:
        connecting = asyncio.ensure_future(self._connect())
        try:
            done, _ = await asyncio.wait({connecting}, timeout=due - asyncio.get_running_loop().time())
        except asyncio.CancelledError:
            _abandon(connecting)
            raise
        if not done:
            _abandon(connecting)
            raise TooLate
        line = connecting.result()
        self._all.add(line)
        return line


def _abandon(connecting: "asyncio.Future[Connection]") -> None:
    """Nobody waits for this connection any more. Should it come after all, it is cut."""

    def cut(done: "asyncio.Future[Connection]") -> None:
        if not done.cancelled() and done.exception() is None:
            done.result().terminate()

    connecting.add_done_callback(cut)
    connecting.cancel()
