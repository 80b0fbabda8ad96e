"""The chain: whatever a network does to the entries, a listener that keeps to the rule shows each exactly once."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hub.simulation.chain import Difference, Proof, Verdict, verdict
from hub.simulation.ear import Listening
from hub.simulation.tally import Tally

ROOM = "waiters:01890000-0000-7000-8000-000000000001"


class Diary:
    """A screen that shows every entry it was given."""

    def __init__(self) -> None:
        self.shown: list[int] = []

    @classmethod
    def of(cls, board: dict[str, Any]) -> "Diary":
        diary = cls()
        diary.shown = list(board["shown"])
        return diary

    def apply(self, event: str, entry: dict[str, Any]) -> None:
        self.shown.append(entry["seq"])


def entry(seq: int, prev: int) -> dict[str, Any]:
    return {"event": "e", "seq": seq, "prev": prev, "timestamp": "2026-11-20T10:00:00.000000Z", "room": ROOM}


def answer(seqs: list[int], head: int, since: int | None) -> dict[str, Any]:
    """What a hub answers to whoever holds `since`: what came after it, or everything as a board."""
    base = {"ok": True, "room": ROOM, "epoch": "one", "seq": head, "more": False}
    if since is None:
        return {**base, "board": {"shown": seqs}, "entries": []}
    missed = [seq for seq in seqs if seq > since]
    chained = [entry(seq, prev) for seq, prev in zip(missed, [since, *missed], strict=False)]
    return {**base, "recovered": True, "entries": chained}


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """The numbers a room has, and the places in them that reach a listener: lost, doubled, and out of order."""
    seqs = sorted(draw(st.sets(st.integers(1, 200), min_size=1, max_size=40)))
    places = draw(st.lists(st.integers(0, len(seqs) - 1), max_size=80))
    return seqs, places


@given(deliveries())
def test_whatever_is_lost_doubled_or_late_each_entry_is_shown_once_and_in_order(
    delivered: tuple[list[int], list[int]],
) -> None:
    seqs, places = delivered
    tally = Tally()
    listening = Listening(ROOM, Diary, tally)
    listening.answered(answer([], 0, None))
    for place in places:
        prev = seqs[place - 1] if place else 0
        if listening.hears("e", entry(seqs[place], prev)) is Verdict.MISSED:
            # Subscribing again brings everything that the room has by then.
            listening.answered(answer(seqs[: place + 1], seqs[place], listening.held))
    listening.answered(answer(seqs, 200, listening.held))
    assert listening.screen.shown == seqs
    listening.proof.reads(seqs, 200)
    assert not listening.proof.compare(200)
    assert tally.broken_count == 0
    assert tally.heard[listening.kind] == len(seqs)


@given(deliveries())
def test_a_listener_that_ignores_gaps_is_found_out(delivered: tuple[list[int], list[int]]) -> None:
    seqs, places = delivered
    proof = Proof(0)
    for place in places:
        proof.hears(seqs[place])
    proof.reads(seqs, 200)
    heard = set[int]()
    for place in places:
        if seqs[place] > max(heard, default=0):
            heard.add(seqs[place])
    assert proof.compare(200) == Difference(tuple(sorted(set(seqs) - heard)))


@given(st.integers(0, 20), st.integers(0, 20), st.integers(1, 20))
def test_an_entry_is_next_exactly_when_it_follows_what_is_held(held: int, prev: int, more: int) -> None:
    seq = prev + more
    assert (verdict(held, prev, seq) is Verdict.NEXT) == (prev <= held < seq)


def test_a_replay_with_a_hole_breaks_the_chain() -> None:
    tally = Tally()
    listening = Listening(ROOM, Diary, tally)
    listening.answered(answer([], 5, None))
    listening.answered({**answer([], 9, 5), "entries": [entry(9, 7)]})
    assert tally.broken_count == 1


def test_what_a_board_covers_need_not_have_been_heard() -> None:
    tally = Tally()
    listening = Listening(ROOM, Diary, tally)
    listening.answered(answer([], 0, None))
    listening.hears("e", entry(1, 0))
    listening.answered({**answer([1, 2, 3], 3, None), "recovered": False})
    listening.hears("e", entry(4, 3))
    listening.proof.reads([1, 2, 3, 4], 4)
    assert not listening.proof.compare(4)
    assert listening.screen.shown == [1, 2, 3, 4]
    assert (tally.boards_instead, tally.heard[listening.kind]) == (1, 2)


def test_another_epoch_begins_another_proof() -> None:
    listening = Listening(ROOM, Diary, Tally())
    listening.answered(answer([], 8, None))
    listening.answered({**answer([1], 2, None), "epoch": "two"})
    listening.hears("e", entry(3, 2))
    listening.proof.reads([3], 3)
    assert not listening.proof.compare(3)
    assert listening.began_at == 8


def test_an_entry_no_ledger_has_is_told_apart_from_one_that_was_missed() -> None:
    proof = Proof(0)
    for seq in (1, 2, 4):
        proof.hears(seq)
    proof.reads([1, 3, 4], 4)
    difference = proof.compare(4)
    assert difference == Difference(missing=(3,), invented=(2,))
    assert str(difference) == "never heard: 3; not in the ledger: 2"
    assert not proof.compare(4)
