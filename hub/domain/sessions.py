"""Sessions: one sign-in on one device, which goes on for as long as its refresh token is exchanged for the next.

A refresh token is good once. Shown again it was copied, and since nobody can tell who has the copy, the session ends
for both (RFC 9700, 4.14.2). Two things look the same and are not: two tabs that exchange it in the same moment, and a
device that never heard the answer and asks again. Not its business: what a token is, and where it is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hub.domain.refusals import Kind, Refused

REFRESH_LIFETIME = timedelta(days=7)
"""How long a device may be away and still go on."""
SHIFT = timedelta(hours=14)
"""The same at a kitchen tablet, for whoever tapped a PIN there: until the next morning they are somebody else's."""
OVERLAP = timedelta(seconds=10)
"""For how long after its first use a refresh token is still good, for the other tab."""


KNOWN_FOR = timedelta(days=180)
"""For how long whoever signed in from somewhere is expected to come from there again."""


class SessionOver(Refused):
    """This sign-in has ended. Sign in again."""

    code = "session_over"
    kind = Kind.UNAUTHORIZED


class Exchange(StrEnum):
    """What is given for a refresh token."""

    NEXT = "next"
    """The next one. This one is used now."""
    SAME = "same"
    """What was given for it before, or whatever followed that: whoever asks was there when it was used."""
    NOTHING = "nothing"
    """The session ends."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A refresh token that is shown `at` a moment, and what is known of its use before that.

    `is_retry` says that it is the very request which used it, sent again.
    """

    at: datetime
    used_at: datetime | None
    is_retry: bool = False
    is_next_used: bool = False

    @property
    def exchange(self) -> Exchange:
        if self.used_at is None:
            return Exchange.NEXT
        if self.at - self.used_at <= OVERLAP:
            return Exchange.SAME
        # Whoever used what it was given has heard the answer, and would not ask for it again.
        return Exchange.SAME if self.is_retry and not self.is_next_used else Exchange.NOTHING


@dataclass(frozen=True, slots=True)
class Origin:
    """From where somebody signed in `at` a moment: from which household, and what their device calls itself."""

    household: str
    device: str | None
    at: datetime


def is_strange(origin: Origin, before: Iterable[Origin]) -> bool:
    """Whether an account that was signed in to `before` is now signed in to from somewhere new.

    Somewhere else in the same house is new, too: a colleague has the same address, and another telephone.
    """
    earlier = list(before)
    return bool(earlier) and not any(
        (one.household, one.device) == (origin.household, origin.device) and origin.at - one.at <= KNOWN_FOR
        for one in earlier
    )
