"""The sweep: what no ring brought, it finds. It compares the heads of all followed ledgers in one query.

Once a second, and four times a second while the doorbell is silent. PostgreSQL may be away: that is counted, and
tried again a little later. Not its business: reading what is missing (`hub.follow.follower`).
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Protocol

import structlog

from hub.audience import Scope
from hub.domain.refusals import DatabaseBusy, DatabaseUnavailable
from hub.follow.doorbell import Nudge, Ring
from hub.follow.pages import Pages
from hub.follow.seldom import Seldom
from hub.follow.watermark import Comparison, Watermark
from hub.store.ledger import Head
from hub.telemetry import Metrics

SWEEP_SECONDS = 1.0
SWEEP_SECONDS_WITHOUT_DOORBELL = 0.25
SWEEP_SECONDS_WITHOUT_DATABASE_MAX = 2.0

log = structlog.get_logger(__name__)


class Followed(Protocol):
    """What the sweep knows of a follower."""

    @property
    def epoch(self) -> str: ...
    @property
    def head(self) -> int: ...
    @property
    def is_open(self) -> bool: ...
    def hear(self, ring: Ring) -> None: ...
    def look(self) -> None: ...


class Sweep:
    """Compares heads, now and then. `wake()` makes it now."""

    def __init__(
        self,
        pages: Pages,
        followed: Callable[[], Mapping[Scope, Followed]],
        is_doorbell_up: Callable[[], bool],
        metrics: Metrics,
    ) -> None:
        self._pages = pages
        self._followed = followed
        self._is_doorbell_up = is_doorbell_up
        self._metrics = metrics
        self._awake = asyncio.Event()
        self._seldom = Seldom()
        self._failures_in_a_row = 0
        self.watermark = Watermark(followed)
        """Up to which moment, on the loop's clock, everything recorded is known to be delivered."""
        self.swept_at: float | None = None
        """When the heads were last compared, on the loop's clock; None before the first time."""
        self.entries_behind = 0
        """How many entries all followers together were behind their ledgers, when last compared."""

    def wake(self) -> None:
        self._awake.set()

    async def run(self) -> None:
        """Sweep for ever. No failure ends it."""
        while True:
            self._awake.clear()
            await self._try()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._wait_seconds()):
                    await self._awake.wait()

    async def turn(self) -> None:
        """Compare the heads once, and let those look who are not where their ledger is.

        Raises DatabaseUnavailable or DatabaseBusy.
        """
        followed, asked_at = dict(self._followed()), asyncio.get_running_loop().time()
        # As they are before the question: while it is answered, followers may well get ahead of the answer.
        held = {scope: follower.head for scope, follower in followed.items()}
        heads = await self._pages.heads(followed)
        self.swept_at = asyncio.get_running_loop().time()
        self.entries_behind = 0
        found: dict[Scope, Head | None] = {}
        for scope, follower in followed.items():
            head = found[scope] = heads.get(scope)
            if head is not None and head.epoch == follower.epoch and head.seq < held[scope]:
                # A ledger behind itself is another one, and its number no measure of what was delivered.
                head = found[scope] = None
            if head is None or not follower.is_open or head.epoch != follower.epoch:
                follower.look()
            elif head.seq > follower.head:
                self.entries_behind += head.seq - follower.head
                # It may be on its way. A nudge gives the ring a moment, and then the follower reads.
                follower.hear(Nudge(scope, head.epoch, follower.head + 1, head.seq))
        self.watermark.compared(Comparison(asked_at, found))

    async def _try(self) -> None:
        try:
            await self.turn()
        except (DatabaseUnavailable, DatabaseBusy):
            # The store says once that PostgreSQL is away; here it is a number.
            self._failed()
        except Exception:
            self._failed()
            if self._seldom.is_due():
                log.exception("The heads could not be compared; the sweep goes on.")
        else:
            self._failures_in_a_row = 0

    def _failed(self) -> None:
        self._metrics.sweep_failures.inc()
        self._failures_in_a_row += 1

    def _wait_seconds(self) -> float:
        seconds = SWEEP_SECONDS if self._is_doorbell_up() else SWEEP_SECONDS_WITHOUT_DOORBELL
        if self._failures_in_a_row:
            seconds *= 2 ** min(self._failures_in_a_row, 3)
        return min(seconds, SWEEP_SECONDS_WITHOUT_DATABASE_MAX)
