"""Turns are taken in the order in which they were asked for, and none is ever lost."""

import asyncio

import pytest

from hub.store.turns import Turns

LONG_SECONDS = 60.0


async def waiting(turns: Turns, seconds_max: float = LONG_SECONDS) -> asyncio.Task[bool]:
    """Somebody who stands in line now."""
    task = asyncio.create_task(turns.take(seconds_max))
    await asyncio.sleep(0)
    assert not task.done()
    return task


async def test_whoever_came_first_is_served_first() -> None:
    turns = Turns(1)
    assert await turns.take(LONG_SECONDS)
    first, second = await waiting(turns), await waiting(turns)
    turns.give_back()
    # Somebody who comes in the very moment in which the turn came free stands behind those who waited for it.
    third = asyncio.create_task(turns.take(LONG_SECONDS))
    assert await first
    assert not second.done()
    turns.give_back()
    assert await second
    assert not third.done()
    turns.give_back()
    assert await third


async def test_whoever_waits_too_long_is_told_and_costs_nobody_a_turn() -> None:
    turns = Turns(1)
    assert await turns.take(LONG_SECONDS)
    assert not await turns.take(0)
    turns.give_back()
    assert await turns.take(0)


@pytest.mark.parametrize("is_given_before", [True, False])
async def test_whoever_does_not_want_it_any_more_costs_nobody_a_turn(is_given_before: bool) -> None:
    turns = Turns(1)
    assert await turns.take(LONG_SECONDS)
    gone = await waiting(turns)
    if is_given_before:
        turns.give_back()
        gone.cancel()
    else:
        gone.cancel()
        turns.give_back()
    with pytest.raises(asyncio.CancelledError):
        await gone
    assert await turns.take(0)
