"""Tablets that were away: many histories, every one of which ends in one state; and rules that would not."""

import os
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import Any

import pytest

from hub.domain import rounds, voids
from hub.domain.lines import Line
from hub.domain.rounds import Share
from hub.events.orders import LineStatus
from hub.events.tickets import TicketStatus
from hub.ids import LineId
from tests.away.arrivals import arrival, ends
from tests.away.histories import drawn
from tests.away.trying import failures, tried, tried_in_every_order

HISTORIES = int(os.environ.get("BRIGADE_HISTORIES", "400"))
LOOKED_AT = 1_000
"""Histories within which a broken rule has to show itself."""


def test_in_whatever_order_it_arrives_an_order_ends_in_one_state() -> None:
    assert next(failures(range(HISTORIES)), None) is None


def test_of_short_histories_every_order_ends_in_one_state() -> None:
    orders = sum(tried_in_every_order(seed, most=6) for seed in range(120))
    assert orders > 1_000, "There is more than one order for most of them."


# ------------------------------------------------------------------ what the histories are worth


def test_histories_tell_of_everything_that_can_be_asked_and_can_cross() -> None:
    told: Counter[str] = Counter()
    for seed in range(150):
        asked = drawn(seed)
        told.update(one.command.verb for one in asked)
        told["unseen"] += sum(one.at - one.seen > 2 for one in asked)
        order = ends(asked)
        told["disputed"] += any(line.is_disputed for line in order.lines)
        told["restored"] += any(line.restores for line in order.lines)
        told["recalled"] += any(ticket.recalls for ticket in order.tickets)
        told.update(f"is {ticket.status}" for ticket in order.tickets)
    assert min(told[f"is {one}"] for one in TicketStatus) > 20, told
    assert min(told.values()) > 20, told
    assert told["unseen"] > 500, told


def test_no_command_arrives_before_what_its_asker_had_seen() -> None:
    reordered = 0
    for seed in range(50):
        asked = drawn(seed)
        arrived = arrival(asked, Random(seed))
        place = {one.at: number for number, one in enumerate(arrived)}
        assert sorted(place) == list(range(len(asked)))
        for one in asked:
            before = [
                other for other in asked if other.at < one.seen or (other.device == one.device and other.at < one.at)
            ]
            assert all(place[other.at] < place[one.at] for other in before)
        reordered += arrived != list(asked)
    assert reordered > 30


# ------------------------------------------------------------------ rules that are broken


def bumps_are_judged_by_arrival(share: Share, recalls: int, named: Collection[LineId], at: datetime) -> Share:
    return BUMPED(share, share.ticket.recalls, named, at)


def bumps_that_a_recall_beat_are_forgotten(
    share: Share, recalls: int, named: Collection[LineId], at: datetime
) -> Share:
    return share if recalls < share.ticket.recalls else BUMPED(share, recalls, named, at)


def bumps_of_what_is_voided_are_forgotten(share: Share, recalls: int, named: Collection[LineId], at: datetime) -> Share:
    return BUMPED(share, recalls, named, at) if share.wanted else share


def recalls_are_judged_by_arrival(share: Share, recalls: int, at: datetime) -> Share:
    return RECALLED(share, share.ticket.recalls, at) if share.ticket.is_bumped else share


def only_what_is_bumped_is_served(share: Share, recalls: int, named: Collection[LineId]) -> Share:
    return SERVED(share, recalls, named) if share.ticket.is_bumped else share


def only_what_is_cooked_is_rushed(share: Share) -> Share:
    return RUSHED(share) if share.status in (TicketStatus.FIRED, TicketStatus.STARTED) else share


def whatever_is_voided_is_cleared(share: Share, restores: int) -> Share:
    return share if share.wanted else CLEARED(share, share.restores)


def voids_lose_in_silence(line: Line, *, done: int, saw: int, restores: int) -> Line:
    return line if done > saw else VOIDED(line, done=done, saw=saw, restores=restores)


def voids_win_in_silence(line: Line, *, done: int, saw: int, restores: int) -> Line:
    return VOIDED(line, done=done, saw=done, restores=restores)


def voids_undo_decisions(line: Line, *, done: int, saw: int, restores: int) -> Line:
    return VOIDED(line, done=done, saw=saw, restores=line.restores)


def the_last_decision_holds(line: Line, *, stands: bool, restores: int) -> Line:
    if stands and restores < line.restores:
        return replace(line, status=LineStatus.VOIDED, restores=restores, is_settled=True)
    return DECIDED(line, stands=stands, restores=restores)


def bumps_after_a_void_are_not_noted(line: Line, number: int) -> Line:
    return line


BUMPED, RECALLED, SERVED, RUSHED, CLEARED = (
    rounds.bumped, rounds.recalled, rounds.served, rounds.rushed, rounds.cleared,
)  # fmt: skip
VOIDED, DECIDED = voids.voided, voids.decided

BROKEN: dict[Callable[..., Any], tuple[object, str]] = {
    bumps_are_judged_by_arrival: (rounds, "bumped"),
    bumps_that_a_recall_beat_are_forgotten: (rounds, "bumped"),
    bumps_of_what_is_voided_are_forgotten: (rounds, "bumped"),
    recalls_are_judged_by_arrival: (rounds, "recalled"),
    only_what_is_bumped_is_served: (rounds, "served"),
    only_what_is_cooked_is_rushed: (rounds, "rushed"),
    whatever_is_voided_is_cleared: (rounds, "cleared"),
    voids_lose_in_silence: (voids, "voided"),
    voids_win_in_silence: (voids, "voided"),
    voids_undo_decisions: (voids, "voided"),
    the_last_decision_holds: (voids, "decided"),
    bumps_after_a_void_are_not_noted: (rounds, "plated"),
}


@pytest.mark.parametrize("broken", BROKEN, ids=lambda one: one.__name__)
def test_the_histories_would_notice_that(broken: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    where, name = BROKEN[broken]
    monkeypatch.setattr(where, name, broken)
    assert next(failures(range(LOOKED_AT)), None) is not None


def test_a_failure_says_its_seed_and_what_is_needed_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "bumped", bumps_are_judged_by_arrival)
    seed = next(seed for seed in range(LOOKED_AT) if tried(seed))
    first, *told = (tried(seed) or "").splitlines()
    assert first.startswith(f"seed {seed}: ")
    assert 3 <= len(told) < len(drawn(seed)), "Something is added and fired, and cooked."
    assert any("recall_ticket" in one for one in told)
