"""What a porter has to work with, and what one try at a job is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hub.outside.mail import Post
from hub.store.database import Database


@dataclass(frozen=True, slots=True)
class Means:
    """What a porter has to work with."""

    database: Database
    post: Post | None = None
    """The way letters go; None where there is none, and mail waits."""
    front_door: str = ""
    """Where links in letters lead: an address without a slash at its end."""
    erase_after: timedelta = timedelta(days=30)
    """How long it is still known who somebody was who has deleted their account."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One try at one job. `id` is the job's: the same at every try and on every hub, and no other job's."""

    id: str
    means: Means


Do = Callable[[Any, Errand], Awaitable[None]]
"""Does a job. Raises NotDoneYet to have it tried again, CannotBeDone to have it held; anything else is tried again."""
