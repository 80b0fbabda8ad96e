"""Connections are had in the order of asking, are never lost, and never come back in the middle of something."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from hub.store.clock import Clock
from hub.store.connections import connect
from hub.store.pool import Pool, TooLate


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    """Of two connections at most."""
    pool = Pool(lambda: connect(database_url, as_owner=False, seconds_max=5, clock=Clock()), size_max=2)
    yield pool
    await pool.close(5)


async def test_a_connection_is_made_when_it_is_wanted_and_had_again(pool: Pool) -> None:
    assert pool.size == 0
    line = await pool.take(5)
    assert (pool.size, pool.in_use) == (1, 1)
    pool.give_back(line)
    assert (pool.size, pool.in_use) == (1, 0)
    assert await pool.take(5) is line
    pool.give_back(line)


async def test_where_all_are_in_use_the_next_waits_no_longer_than_it_may(pool: Pool) -> None:
    lines = [await pool.take(5) for _ in range(2)]
    with pytest.raises(TooLate):
        await pool.take(0)
    for line in lines:
        pool.give_back(line)
    assert pool.size == 2


async def test_nobody_gets_a_connection_in_the_middle_of_a_transaction(pool: Pool) -> None:
    line = await pool.take(5)
    await line.execute("begin")
    pool.give_back(line)
    assert line.is_closed()
    another = await pool.take(5)
    assert not another.is_in_transaction()
    pool.give_back(another)


async def test_a_connection_that_cannot_be_made_costs_nobody_a_place() -> None:
    async def refuse() -> None:
        raise ConnectionRefusedError

    refused = Pool(refuse, size_max=1)
    for _ in range(2):
        with pytest.raises(ConnectionRefusedError):
            await refused.take(5)


async def test_a_connection_that_takes_too_long_to_make_costs_nobody_a_place() -> None:
    slow = Pool(asyncio.Event().wait, size_max=1)
    for _ in range(2):
        with pytest.raises(TooLate):
            await slow.take(0.01)
