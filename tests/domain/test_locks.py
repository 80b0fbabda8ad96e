"""Five failures within a quarter of an hour lock for a quarter of an hour, and no less does."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.locks import FAILURES_KEPT, FAILURES_MAX, FAILURES_WITHIN, LOCKED_FOR, locked_until, locks

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def failed(*minutes: float) -> list[datetime]:
    """Failures so many minutes after noon, the latest first."""
    return [NOON + timedelta(minutes=one) for one in sorted(minutes, reverse=True)]


@pytest.mark.parametrize(
    ("minutes", "until"),
    [
        ((), None),
        ((0, 1, 2, 3), None),
        ((0, 1, 2, 3, 4), 19),
        ((0, 0, 0, 0, 15), 30),
        ((0, 1, 2, 3, 15.1), None),
        ((0, 14, 15.1, 15.2, 15.3, 15.4), 30.4),
    ],
)
def test_five_within_a_quarter_of_an_hour_lock_from_the_last_of_them_on(
    minutes: tuple[float, ...], until: float | None
) -> None:
    assert locked_until(failed(*minutes)) == (None if until is None else NOON + timedelta(minutes=until))


def test_it_is_the_fifth_that_locks_and_not_one_that_comes_after() -> None:
    assert [locks(failed(*range(n))) for n in range(1, 8)] == [False] * 4 + [True] + [False] * 2


@given(st.lists(st.floats(0, 20), max_size=60))
def test_whoever_tries_whenever_they_may_fails_five_times_in_any_quarter_of_an_hour(waits: list[float]) -> None:
    now, tried, kept = NOON, list[datetime](), list[datetime]()
    for wait in waits:
        now += timedelta(minutes=wait)
        until = locked_until(kept)
        if until is None or until <= now:
            tried.append(now)
            kept = [now, *kept][:FAILURES_KEPT]
    for first, sixth in zip(tried, tried[FAILURES_MAX:], strict=False):
        assert sixth - first >= min(FAILURES_WITHIN, LOCKED_FOR)
