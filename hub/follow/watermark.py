"""The watermark: up to which moment everything recorded is known to have been delivered here.

A hub can say so only after it compared heads with the ledgers, and had, then or since, delivered up to each of them.
Entries that were on their way when the heads were compared keep nothing back for longer than they take. Not its
business: comparing (`hub.follow.sweep`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from hub.audience import Scope
from hub.store.ledger import Head


class Level(Protocol):
    """What the watermark asks of a follower."""

    @property
    def epoch(self) -> str: ...
    @property
    def head(self) -> int: ...
    @property
    def is_open(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Comparison:
    """Where the ledgers were when somebody looked, some time after `asked_at`. None: that follower must look itself."""

    asked_at: float
    heads: Mapping[Scope, Head | None]


class Watermark:
    """`at()` is the moment, on the clock of whoever compares. It only moves on."""

    def __init__(self, followed: Callable[[], Mapping[Scope, Level]]) -> None:
        self._followed = followed
        self._at = 0.0
        # Two are kept: the latest, because it proves the most, and one that was not met when it was the latest. With
        # the latest alone, a hub that is always a little behind could never say by how much.
        self._latest: Comparison | None = None
        self._awaited: Comparison | None = None

    def begin(self, at: float) -> None:
        """Nothing was promised before this moment."""
        self._at = at

    def compared(self, comparison: Comparison) -> None:
        """Somebody looked where the ledgers are."""
        self._move()
        if self._awaited is None:
            self._awaited = self._latest
        self._latest = comparison

    def at(self) -> float:
        """Whatever was recorded before this moment was delivered here, or is in no ledger that is followed."""
        self._move()
        return self._at

    def _move(self) -> None:
        if self._latest is not None and self._is_met(self._latest):
            self._at = self._latest.asked_at
            self._latest = self._awaited = None
        elif self._awaited is not None and self._is_met(self._awaited):
            self._at = self._awaited.asked_at
            self._awaited = None

    def _is_met(self, comparison: Comparison) -> bool:
        followed = self._followed()
        return all(scope not in followed or _is_at(followed[scope], head) for scope, head in comparison.heads.items())


def _is_at(follower: Level, head: Head | None) -> bool:
    return head is not None and follower.is_open and follower.epoch == head.epoch and follower.head >= head.seq
