"""The rules of one follower, on a ledger in memory and a clock that jumps."""

import asyncio
from collections.abc import Sequence

import pytest

from hub.domain.refusals import DatabaseUnavailable
from hub.follow import Follower, Limits, Nudge
from hub.follow.follower import ASIDE_ENTRIES_MAX, GAP_WAIT_SECONDS, LOOK_EVERY_SECONDS
from hub.telemetry import Metrics
from tests.follow.stand_ins import KITCHEN, LedgerInMemory, Witness, in_no_time, of_epoch, time_passes

GRILL, PASS = ("grill",), ("pass",)


class Kitchen:
    """A ledger, its follower and a witness."""

    def __init__(self, commits: Sequence[tuple[str, ...]] = (), *, limits: Limits | None = None) -> None:
        self.ledger = LedgerInMemory()
        for rooms in commits:
            self.ledger.commit(rooms)
        self.witness = Witness()
        self.metrics = Metrics()
        self.follower = Follower(KITCHEN, self.ledger, self.witness, self.metrics, limits=limits)

    def hears_next(self, *rooms_of_each: tuple[str, ...]) -> None:
        self.follower.hear(self.ledger.commit(*rooms_of_each))

    def count(self, name: str) -> float:
        return self.metrics.registry.get_sample_value(name) or 0.0


def test_the_next_entry_is_delivered_before_hearing_returns() -> None:
    async def story() -> None:
        kitchen = Kitchen([GRILL])
        await kitchen.follower.open()
        kitchen.hears_next(GRILL, PASS)
        assert kitchen.witness.seqs() == [2, 3]
        assert kitchen.witness.prevs == [{"grill": 1}, {"pass": 0}]
        assert kitchen.ledger.reads == 1

    in_no_time(story())


def test_an_older_entry_is_dropped() -> None:
    async def story() -> None:
        kitchen = Kitchen()
        await kitchen.follower.open()
        ring = kitchen.ledger.commit(GRILL)
        for _ in range(3):
            kitchen.follower.hear(ring)
        assert kitchen.witness.seqs() == [1]

    in_no_time(story())


def test_entries_in_the_wrong_order_wait_for_each_other_and_nothing_is_read() -> None:
    async def story() -> None:
        kitchen = Kitchen()
        await kitchen.follower.open()
        first, second, third = (kitchen.ledger.commit(GRILL) for _ in range(3))
        for ring in (third, second):
            kitchen.follower.hear(ring)
        assert kitchen.witness.seqs() == []
        kitchen.follower.hear(first)
        assert kitchen.witness.seqs() == [1, 2, 3]
        await time_passes(1)
        assert kitchen.ledger.reads == 1

    in_no_time(story())


def test_what_is_missing_is_read_after_a_moment() -> None:
    async def story() -> None:
        kitchen = Kitchen()
        await kitchen.follower.open()
        kitchen.ledger.commit(GRILL, GRILL)
        kitchen.hears_next(PASS)
        began = asyncio.get_running_loop().time()
        await kitchen.witness.until(lambda: kitchen.follower.head == 3)
        assert asyncio.get_running_loop().time() - began == pytest.approx(GAP_WAIT_SECONDS + 0.001, abs=0.001)
        assert kitchen.witness.seqs() == [1, 2, 3]
        assert kitchen.count("brigade_follow_repairs_total") == 1

    in_no_time(story())


def test_the_numbers_alone_are_reason_enough_to_read() -> None:
    async def story() -> None:
        kitchen = Kitchen()
        await kitchen.follower.open()
        kitchen.ledger.commit(GRILL, PASS)
        kitchen.follower.hear(Nudge(KITCHEN, "first", 1, 2))
        await kitchen.witness.until(lambda: kitchen.follower.head == 2)

    in_no_time(story())


def test_a_long_absence_is_read_in_pages_by_one_reader_however_many_ask() -> None:
    async def story() -> None:
        kitchen = Kitchen()
        await kitchen.follower.open()
        kitchen.ledger.commit(*[GRILL] * 1_234)
        await asyncio.gather(*(kitchen.follower.catch_up(1_234) for _ in range(50)))
        assert kitchen.witness.seqs() == list(range(1, 1_235))
        assert kitchen.ledger.readers_most == 1
        assert kitchen.ledger.reads == 1 + 3

    in_no_time(story())


def test_catching_up_finds_what_was_committed_before_the_call_even_when_a_reading_is_under_way() -> None:
    async def story() -> None:
        kitchen = Kitchen([GRILL])
        await kitchen.follower.open()
        earlier = asyncio.create_task(kitchen.follower.catch_up())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert kitchen.ledger.readers == 1
        kitchen.ledger.commit(PASS)
        await kitchen.follower.catch_up(2)
        assert kitchen.follower.head == 2
        await earlier

    in_no_time(story())


def test_catching_up_to_a_number_that_does_not_exist_ends_at_the_ledgers_head() -> None:
    async def story() -> None:
        kitchen = Kitchen([GRILL])
        await kitchen.follower.open()
        await kitchen.follower.catch_up(99)
        assert kitchen.follower.head == 1
        assert kitchen.witness.resets == 0

    in_no_time(story())


def test_own_commits_heard_while_a_page_is_read_are_no_sign_of_another_ledger() -> None:
    async def story() -> None:
        kitchen = Kitchen([GRILL])
        await kitchen.follower.open()
        reading = asyncio.create_task(kitchen.follower.catch_up())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        kitchen.hears_next(GRILL)
        await reading
        assert kitchen.follower.head == 2
        assert kitchen.witness.resets == 0

    in_no_time(story())


def test_rings_heard_while_the_follower_opens_are_not_lost() -> None:
    async def story() -> None:
        kitchen = Kitchen([GRILL])
        opening = asyncio.create_task(kitchen.follower.open())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        kitchen.hears_next(PASS)
        await opening
        assert kitchen.witness.seqs() == [2]
        assert kitchen.ledger.reads == 1

    in_no_time(story())


def test_opening_is_one_reading_and_its_failure_is_everybodys() -> None:
    async def story() -> None:
        kitchen = Kitchen([GRILL])
        kitchen.ledger.is_away = True
        results = await asyncio.gather(*(kitchen.follower.open() for _ in range(20)), return_exceptions=True)
        assert all(isinstance(result, DatabaseUnavailable) for result in results)
        assert kitchen.ledger.reads == 1
        kitchen.ledger.is_away = False
        await kitchen.follower.open()
        assert kitchen.follower.head == 1

    in_no_time(story())


def test_a_gap_is_read_when_postgresql_is_back() -> None:
    async def story() -> None:
        kitchen = Kitchen()
        await kitchen.follower.open()
        kitchen.ledger.is_away = True
        kitchen.ledger.commit(GRILL)
        kitchen.hears_next(GRILL)
        await time_passes(30)
        assert kitchen.witness.seqs() == []
        assert 30 <= kitchen.ledger.reads <= 80, "it backs off"
        kitchen.ledger.is_away = False
        await kitchen.witness.until(lambda: kitchen.follower.head == 2)
        assert kitchen.ledger.readers_most == 1

    in_no_time(story())


def test_a_ring_of_another_epoch_only_makes_it_look_and_not_too_often() -> None:
    async def story() -> None:
        kitchen = Kitchen([GRILL])
        await kitchen.follower.open()
        stale = of_epoch(kitchen.ledger.commit(GRILL), "forged")
        for _ in range(100):
            kitchen.follower.hear(stale)
            await time_passes(0.01)
        assert kitchen.witness.resets == 0
        assert kitchen.ledger.reads <= 2 + 1 / LOOK_EVERY_SECONDS
        assert kitchen.witness.seqs() == [2], "looking, it found the true one"

    in_no_time(story())


def test_a_number_that_is_not_in_the_ledger_is_looked_for_once_and_never_delivered() -> None:
    async def story() -> None:
        kitchen = Kitchen([GRILL])
        await kitchen.follower.open()
        other = LedgerInMemory()
        other.commit(GRILL, GRILL)
        kitchen.follower.hear(other.commit(("forged",)))
        await time_passes(10)
        assert kitchen.ledger.reads == 2
        kitchen.hears_next(GRILL, PASS)
        assert [entry.rooms for entry in kitchen.witness.entries] == [GRILL, PASS]

    in_no_time(story())


@pytest.mark.parametrize(("epoch", "losing"), [("second", 0), ("second", 2), ("first", 2)])
def test_another_epoch_or_a_head_behind_resets_once(epoch: str, losing: int) -> None:
    async def story() -> None:
        kitchen = Kitchen([GRILL] * 5)
        await kitchen.follower.open()
        kitchen.ledger.restore(epoch, losing=losing)
        await asyncio.gather(*(kitchen.follower.catch_up() for _ in range(5)))
        await kitchen.follower.catch_up()
        assert kitchen.witness.resets == 1
        assert (kitchen.follower.epoch, kitchen.follower.head) == (epoch, 5 - losing)
        assert kitchen.count("brigade_follow_resets_total") == 1
        kitchen.hears_next(PASS)
        assert kitchen.witness.seqs() == [6 - losing]

    in_no_time(story())


def test_a_first_ring_of_a_true_new_epoch_leads_to_the_reset() -> None:
    async def story() -> None:
        kitchen = Kitchen([GRILL] * 5)
        await kitchen.follower.open()
        kitchen.ledger.restore("second", losing=3)
        kitchen.hears_next(PASS)
        await kitchen.witness.until(lambda: kitchen.witness.resets == 1)
        assert (kitchen.follower.epoch, kitchen.follower.head) == ("second", 3)

    in_no_time(story())


def test_a_ledger_trimmed_beyond_the_head_resets_since_what_is_missing_is_gone() -> None:
    async def story() -> None:
        kitchen = Kitchen([GRILL] * 5)
        await kitchen.follower.open()
        kitchen.ledger.commit(*[PASS] * 10)
        kitchen.ledger.floor = 10
        await kitchen.follower.catch_up()
        assert kitchen.witness.resets == 1
        assert (kitchen.follower.head, kitchen.follower.floor, kitchen.follower.memory_begins_after) == (15, 10, 10)

    in_no_time(story())


def test_entries_kept_aside_are_bounded() -> None:
    async def story() -> None:
        kitchen = Kitchen()
        await kitchen.follower.open()
        kitchen.ledger.commit(GRILL)
        for _ in range(3 * ASIDE_ENTRIES_MAX):
            kitchen.hears_next(GRILL)
        assert len(kitchen.follower._aside) == ASIDE_ENTRIES_MAX
        await kitchen.witness.until(lambda: kitchen.follower.head == 3 * ASIDE_ENTRIES_MAX + 1)
        assert kitchen.witness.seqs() == list(range(1, kitchen.follower.head + 1))
        assert not kitchen.follower._aside

    in_no_time(story())


def test_a_reading_is_not_cancelled_with_the_one_who_asked() -> None:
    async def story() -> None:
        kitchen = Kitchen()
        await kitchen.follower.open()
        kitchen.ledger.commit(GRILL)
        kitchen.ledger.travel_seconds = 1.0
        hasty = asyncio.create_task(kitchen.follower.catch_up())
        patient = asyncio.create_task(kitchen.follower.catch_up())
        await time_passes(0.5)
        hasty.cancel()
        await asyncio.wait({hasty})
        await patient
        assert hasty.cancelled()
        assert kitchen.witness.seqs() == [1]

    in_no_time(story())


def test_a_stopped_follower_reads_no_more() -> None:
    async def story() -> None:
        kitchen = Kitchen()
        await kitchen.follower.open()
        kitchen.ledger.commit(GRILL)
        kitchen.ledger.is_away = True
        kitchen.hears_next(GRILL)
        await time_passes(1)
        await kitchen.follower.stop()
        reads = kitchen.ledger.reads
        await time_passes(10)
        assert kitchen.ledger.reads == reads

    in_no_time(story())
