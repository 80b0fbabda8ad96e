"""How a listener knows that it missed nothing: one number per room, and the ledger to hold it against afterwards.

A client holds a number and applies an entry exactly when `prev ≤ held < seq`. A smaller `seq` was shown already; a
greater `prev` means that something was missed. Pure arithmetic: not its business are sockets, boards and time.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    NEXT = "next"
    SHOWN = "shown"
    MISSED = "missed"


def verdict(held: int, prev: int, seq: int) -> Verdict:
    """What to do with an entry when one holds this number."""
    if seq <= held:
        return Verdict.SHOWN
    return Verdict.NEXT if prev <= held else Verdict.MISSED


@dataclass(frozen=True, slots=True)
class Difference:
    """Where hearing and ledger part: numbers that were never heard, and numbers heard that no ledger has."""

    missing: tuple[int, ...] = ()
    invented: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.invented)

    def __str__(self) -> str:
        parts = [("never heard", self.missing), ("not in the ledger", self.invented)]
        return "; ".join(f"{what}: {', '.join(map(str, numbers[:10]))}" for what, numbers in parts if numbers)


@dataclass(slots=True)
class Proof:
    """What was heard of one room since `read_upto`, and what the ledger says of it, until the two are compared.

    What a board covered was not heard one by one, and need not have been.
    """

    read_upto: int
    heard: list[int] = field(default_factory=list)
    written: list[int] = field(default_factory=list)
    covered: list[tuple[int, int]] = field(default_factory=list)
    heard_upto: int = 0
    compared_upto: int = 0

    def hears(self, seq: int) -> None:
        """An entry was applied. After a board of an earlier number the same entries may be applied to it again."""
        if seq > self.heard_upto:
            self.heard_upto = seq
            self.heard.append(seq)

    def is_covered(self, after: int, upto: int) -> None:
        """A board took the place of the entries in between."""
        if after < upto:
            self.covered.append((after, upto))

    def reads(self, seqs: Iterable[int], upto: int) -> None:
        """The ledger has these for the room, and no others up to a number."""
        self.written.extend(seqs)
        self.read_upto = max(self.read_upto, upto)

    @property
    def last_written(self) -> int:
        """The last number that the listener must have come to; what was compared is behind it in any case."""
        return self.written[-1] if self.written else self.compared_upto

    def compare(self, upto: int) -> Difference:
        """Hold what was heard against the ledger up to a number, which both have reached, and forget it."""
        heard = {seq for seq in self.heard if seq <= upto}
        written = {seq for seq in self.written if seq <= upto}
        covered = {seq for seq in written if any(after < seq <= to for after, to in self.covered)}
        self.heard = [seq for seq in self.heard if seq > upto]
        self.written = [seq for seq in self.written if seq > upto]
        self.covered = [(after, to) for after, to in self.covered if to > upto]
        self.compared_upto = max(self.compared_upto, upto)
        return Difference(tuple(sorted(written - covered - heard)), tuple(sorted(heard - written)))
