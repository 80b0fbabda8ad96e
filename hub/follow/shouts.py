"""Shouts: which of a hub's words to itself came back and by which way, and what follows where one does not.

Pure: no clock, no await. Not its business: shouting (`hub.follow.hearing`), or what sockets are told then (`rooms`).
"""

from collections import deque
from enum import IntEnum, StrEnum
from typing import NamedTuple

LATE_SECONDS = 2.5
"""A shout that is not back by then is late, and the hub deaf. One that was lost is excused: the next is back before."""
SEND_AWAY_SECONDS = 5.0
"""So long after it was found deaf, a hub sends its sockets elsewhere."""
GIVE_UP_SECONDS = 5.0
"""So long after that, it gives up."""
KNOWN_DOWN_SECONDS = 3.0
"""A doorbell that stays down for so long is not deaf but away, which it says itself. Renewing it takes less."""
AWAITED_MAX = 16


class Way(StrEnum):
    """The ways by which a shout comes back."""

    GLASS = "glass"
    """From the commit to this hub's own follower, and through its members to where a socket would be written to."""
    DOORBELL = "doorbell"
    """From the commit over Redis, as the other hubs hear it."""


class Stage(IntEnum):
    """What a hub thinks of its own hearing. Each but the last is taken back when it hears itself again."""

    HEARS = 0
    DEAF = 1
    SENDS_AWAY = 2
    GIVES_UP = 3


_SECONDS_IN = {Stage.DEAF: SEND_AWAY_SECONDS, Stage.SENDS_AWAY: GIVE_UP_SECONDS}


class Shout(NamedTuple):
    """The hub's own number for it, when its transaction began, and when that was committed: on the loop's clock."""

    number: int
    began_at: float
    at: float


class Shouts:
    """Everything shouted that is not back."""

    def __init__(self) -> None:
        self._glass, self._doorbell = _Return(), _Return()
        self._down_since: float | None = None
        self._stage, self._stage_since = Stage.HEARS, 0.0

    def shouted(self, shout: Shout, *, is_doorbell_up: bool) -> None:
        """This was committed just now, and is about to be told. While the doorbell is down it is not awaited there."""
        self._glass.awaited.append(shout)
        if is_doorbell_up:
            self._doorbell.awaited.append(shout)

    def came_back(self, way: Way, number: int) -> Shout | None:
        """The shout of this number, if it was awaited. Whatever was shouted before it is not awaited any more."""
        return self._by(way).came_back(number)

    def cannot_shout(self) -> None:
        """PostgreSQL does not answer. Nothing can be said of anybody's hearing, and it is judged afresh afterwards."""
        self._glass.forget()
        self._doorbell.forget()

    def judge(self, now: float, *, doorbell_up_since: float | None) -> Stage:
        """What to think of it now: one step further than before at most, so that each has its time to help."""
        self._glass.judge(now)
        self._judge_doorbell(now, doorbell_up_since)
        stage = self._next(now)
        if stage is not self._stage:
            self._stage, self._stage_since = stage, now
        return stage

    def _next(self, now: float) -> Stage:
        is_deaf_here = self._glass.deaf_since is not None
        if self._stage is Stage.GIVES_UP:
            return self._stage
        if not is_deaf_here and not self._is_doorbell_counted:
            return Stage.HEARS
        if self._stage is Stage.HEARS:
            return Stage.DEAF
        # A doorbell that is down just now may only be on its way back, or turn out to be away.
        may_go_on = is_deaf_here or self._down_since is None
        if may_go_on and now - self._stage_since >= _SECONDS_IN[self._stage]:
            return Stage(self._stage + 1)
        return self._stage

    def is_deaf(self, way: Way) -> bool:
        """Whether it was judged so last, and nothing has come back this way since."""
        return self._by(way).deaf_since is not None

    def _judge_doorbell(self, now: float, up_since: float | None) -> None:
        if up_since is None:
            self._down_since = now if self._down_since is None else self._down_since
            if now - self._down_since >= KNOWN_DOWN_SECONDS:
                self._doorbell.forget()
            return
        self._down_since = None
        # What was rung before it came up may be lost with the line it was rung on. That was known, and is mended.
        self._doorbell.forgive_before(up_since)
        self._doorbell.judge(now)

    @property
    def _is_doorbell_counted(self) -> bool:
        """Whether the doorbell is not heard, and that says something about this process.

        One that was never heard here would most likely not be heard by the next process, either: hub after hub would
        send its sockets away, for ever, for the sake of a ring that the sweep makes up for. It is doubted instead.
        """
        return self._doorbell.deaf_since is not None and self._doorbell.has_ever_come

    def _by(self, way: Way) -> "_Return":
        return self._glass if way is Way.GLASS else self._doorbell


class _Return:
    """One way back."""

    def __init__(self) -> None:
        self.awaited: deque[Shout] = deque(maxlen=AWAITED_MAX)
        self.deaf_since: float | None = None
        self.has_ever_come = False

    def came_back(self, number: int) -> Shout | None:
        found = next((shout for shout in self.awaited if shout.number == number), None)
        if found is None:
            return None  # It is not waited for any more, or is an old one that somebody plays again.
        while self.awaited and self.awaited[0].number <= number:
            self.awaited.popleft()
        self.deaf_since, self.has_ever_come = None, True
        return found

    def judge(self, now: float) -> None:
        if self.deaf_since is None and self.awaited and now - self.awaited[0].at >= LATE_SECONDS:
            self.deaf_since = now

    def forgive_before(self, at: float) -> None:
        while self.awaited and self.awaited[0].at < at:
            self.awaited.popleft()

    def forget(self) -> None:
        self.awaited.clear()
        self.deaf_since = None
