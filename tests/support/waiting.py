"""Somebody waits for somebody else: deeds that stop in the middle, and seeing that another one waits for them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import asyncpg

from hub.actions import DEEDS
from hub.actions.deed import Answered, Deeds
from hub.commands import Command
from hub.people import Actor
from hub.store.database import Database
from hub.telemetry import Metrics
from tests.support.houses import House


class Middle:
    """The middle of a deed: it has locked and read what it needs, and neither written nor committed anything."""

    def __init__(self) -> None:
        self._reached, self._may_go_on = asyncio.Event(), asyncio.Event()

    async def stop(self) -> None:
        self._reached.set()
        await self._may_go_on.wait()

    async def reached(self) -> None:
        async with asyncio.timeout(5):
            await self._reached.wait()

    def go_on(self) -> None:
        self._may_go_on.set()


@asynccontextmanager
async def in_the_middle(house: House, command: Command, *, by: Actor) -> AsyncIterator[Middle]:
    """A deed that has come to its middle. It is done when the context ends, if nobody let it go on before."""
    middle, its = Middle(), DEEDS[type(command)]

    async def act_and_stop(work: Any, command: Any) -> Any:
        answer = await its.act(work, command)
        await middle.stop()
        return answer

    stopping = {**DEEDS, type(command): replace(its, act=act_and_stop)}
    metrics = Metrics()
    doing = asyncio.create_task(Deeds(stopping, house.database, metrics, house.tokens).do(command, by=by))
    try:
        await middle.reached()
        yield middle
    finally:
        middle.go_on()
        await doing
    assert not metrics.registry.get_sample_value("brigade_action_retries_total", {"action": command.verb})


async def after_waiting(house: House, first: Command, first_by: Actor, then: Command, then_by: Actor) -> Answered:
    """What `then` is answered, which was asked while `first` held what it needs, and had to wait for it."""
    async with in_the_middle(house, first, by=first_by) as middle:
        waiting = asyncio.create_task(house.deeds.do(then, by=then_by))
        await until_somebody_waits(house.database)
        middle.go_on()
    return await waiting


async def until_somebody_waits(database: Database) -> None:
    """Until some connection of this database waits for a lock."""
    async with database.transaction() as line:
        await until_a_connection_waits(line)


async def until_a_connection_waits(line: asyncpg.Connection) -> None:
    """The same, seen from a connection of its own."""
    waiting = """
        select count(*) from pg_locks join pg_stat_activity using (pid)
        where not granted and datname = current_database()
    """
    async with asyncio.timeout(5):
        while not await line.fetchval(waiting):
            pass
