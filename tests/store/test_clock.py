"""The house's clock is PostgreSQL's, however wrong this machine's is."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from hub.audience import PLATFORM
from hub.store import clock as clocks
from hub.store import ledger
from hub.store.clock import UNSURE_SECONDS_MAX, Clock
from hub.store.database import Database, connection
from tests.support.databases import open_database

THEN = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)
A_LITTLE = timedelta(seconds=1)


def test_it_goes_on_from_what_was_heard_last() -> None:
    clock = Clock()
    clock.hear(THEN, asked_at=time.monotonic())
    assert THEN <= clock.now() < THEN + A_LITTLE


def test_what_took_long_to_be_said_is_no_news_unless_there_is_none_yet() -> None:
    clock, late = Clock(), time.monotonic() - 2 * UNSURE_SECONDS_MAX
    clock.hear(THEN, asked_at=late)
    assert clock.now() < THEN + A_LITTLE + timedelta(seconds=UNSURE_SECONDS_MAX)
    clock.hear(THEN - timedelta(hours=1), asked_at=late)
    assert clock.now() >= THEN


async def test_a_hub_whose_own_clock_is_an_hour_off_has_the_houses_time(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class HourBehind(datetime):
        @classmethod
        def now(cls, tz: object = None) -> "HourBehind":
            return cls.fromtimestamp(time.time() - 3_600, UTC)

    monkeypatch.setattr(clocks, "datetime", HourBehind)
    database = await open_database(database_url)
    try:
        async with database.snapshot():
            true = await connection().fetchval("select clock_timestamp()")
        assert abs(database.clock.now() - true) < A_LITTLE
    finally:
        await database.close()


async def test_every_look_at_a_ledgers_head_sets_it(database: Database) -> None:
    async with database.transaction():
        await ledger.open_head(PLATFORM)
    database.clock.hear(THEN, asked_at=time.monotonic())
    assert database.clock.now() < THEN + A_LITTLE
    async with database.snapshot():
        await ledger.heads([PLATFORM])
    assert database.clock.now() > datetime.now(UTC) - timedelta(minutes=1)
