"""What may happen, and drawing it from a seed.

Each fault happens on a stage for as long as its context is entered, and is over when it is left. Several may overlap.
Not its business: how long, and what must be true afterwards.
"""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    ExitStack,
    asynccontextmanager,
    contextmanager,
    suppress,
)
from dataclasses import dataclass
from random import Random
from types import MappingProxyType

import redis.asyncio as redis

from tests.chaos.devices import Device
from tests.chaos.stage import HubProcess, Stage, stopped
from tests.support.cable import Cable


@dataclass(frozen=True, slots=True)
class Scene:
    """Where something happens: to which stage, and to whom of the devices."""

    stage: Stage
    devices: Sequence[Device]
    dice: Random

    @property
    def some_hub(self) -> HubProcess:
        return self.dice.choice(self.stage.hubs)


Fault = Callable[[Scene], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def _away(scene: Scene, server: str, number: int, cables: Sequence[Cable]) -> AsyncIterator[None]:
    """A server ends, and nobody reaches it: who keeps it running starts it again sooner than anybody is to notice."""
    for cable in cables:
        cable.cut()
    with suppress(KeyError, ProcessLookupError):
        os.kill(scene.stage.servers.pids[server], number)
    yield
    for cable in cables:
        cable.mend()


@contextmanager
def _if_it_is_there(freeze: Callable[[], AbstractContextManager[None]]) -> Iterator[None]:
    """A server that another fault has just ended has nothing to stand still."""
    with ExitStack() as stack:
        with suppress(KeyError, ProcessLookupError):
            stack.enter_context(freeze())
        yield


@asynccontextmanager
async def _for_a_while(cable: Cable, happens: Callable[[Cable], None]) -> AsyncIterator[None]:
    happens(cable)
    yield
    cable.mend()


# ---------------------------------------------------------------------- hubs


@asynccontextmanager
async def hub_killed(scene: Scene) -> AsyncIterator[None]:
    """kill -9 of a hub, which is started again afterwards."""
    hub = scene.some_hub
    if hub.is_open:
        await hub.kill()
    yield
    if not hub.is_running:
        await hub.start()


@asynccontextmanager
async def hub_stopped(scene: Scene) -> AsyncIterator[None]:
    """SIGTERM to a hub, which is started again afterwards."""
    hub = scene.some_hub
    # One that another fault is just starting again is left alone: it would be taken for a start that failed.
    if hub.is_open:
        hub.signal(signal.SIGTERM)
        with suppress(TimeoutError):
            await hub.ends()
    yield
    if not hub.is_running:
        await hub.start()


@asynccontextmanager
async def hub_frozen(scene: Scene) -> AsyncIterator[None]:
    """A hub that stands still, with all its sockets open."""
    hub = scene.some_hub
    if not hub.is_running:
        yield
        return
    with stopped(hub.pid):
        yield


# ---------------------------------------------------------------------- Redis


def redis_killed(scene: Scene) -> AbstractAsyncContextManager[None]:
    """kill -9 of Redis, which stays away."""
    return _away(scene, "Valkey", signal.SIGKILL, [hub.to_redis for hub in scene.stage.hubs])


@asynccontextmanager
async def redis_frozen(scene: Scene) -> AsyncIterator[None]:
    """Redis neither answers nor hangs up."""
    with _if_it_is_there(scene.stage.frozen_valkey):
        yield


@asynccontextmanager
async def redis_wiped(scene: Scene) -> AsyncIterator[None]:
    """FLUSHALL, as somebody who meant another one."""
    await _say_to_redis(scene, "FLUSHALL")
    yield


@asynccontextmanager
async def subscriptions_killed(scene: Scene) -> AsyncIterator[None]:
    """CLIENT KILL TYPE pubsub: whoever listens is hung up on."""
    await _say_to_redis(scene, "CLIENT", "KILL", "TYPE", "pubsub")
    yield


def redis_unreachable(scene: Scene) -> AbstractAsyncContextManager[None]:
    """One hub's cable to Redis goes dead; the others have theirs."""
    return _for_a_while(scene.some_hub.to_redis, Cable.go_dead)


async def _say_to_redis(scene: Scene, *words: str) -> None:
    client = redis.Redis.from_url(scene.stage.servers.redis_url, socket_timeout=2.0)
    with suppress(redis.RedisError, OSError, TimeoutError):
        await client.execute_command(*words)
    await client.aclose()


# ---------------------------------------------------------------------- PostgreSQL


def postgres_stopped(scene: Scene) -> AbstractAsyncContextManager[None]:
    """An immediate stop, as in a crash; it recovers, and is away meanwhile."""
    return _away(scene, "PostgreSQL", signal.SIGQUIT, [hub.to_postgres for hub in scene.stage.hubs])


@asynccontextmanager
async def postgres_frozen(scene: Scene) -> AsyncIterator[None]:
    """All of PostgreSQL's processes stand still in the middle of whatever they do."""
    with _if_it_is_there(scene.stage.frozen_postgres):
        yield


def postgres_unreachable(scene: Scene) -> AbstractAsyncContextManager[None]:
    """One hub's cable to PostgreSQL goes dead; the others have theirs."""
    return _for_a_while(scene.some_hub.to_postgres, Cable.go_dead)


def postgres_far(scene: Scene) -> AbstractAsyncContextManager[None]:
    """PostgreSQL is suddenly at the other end of the country."""
    seconds = scene.dice.uniform(0.02, 0.1)
    return _for_a_while(scene.some_hub.to_postgres, lambda cable: cable.grow_long(seconds))


# ---------------------------------------------------------------------- devices


def sockets_cut(scene: Scene) -> AbstractAsyncContextManager[None]:
    """All devices of a hub are hung up on at once, and cannot come back to it for a while."""
    return _for_a_while(scene.some_hub.door, Cable.cut)


def sockets_dead(scene: Scene) -> AbstractAsyncContextManager[None]:
    """Nothing reaches the devices of a hub any more, and nobody is told."""
    return _for_a_while(scene.some_hub.door, Cable.go_dead)


@asynccontextmanager
async def sockets_thin(scene: Scene) -> AsyncIterator[None]:
    """Every line to a hub carries next to nothing: those who are behind are cut off, and come back."""
    hub = scene.some_hub
    hub.door.grow_thin(200.0)
    yield
    hub.door.mend()
    hub.door.hang_up()


@asynccontextmanager
async def sockets_half_closed(scene: Scene) -> AsyncIterator[None]:
    """A hub is told that its devices have said their last word, though they listen on."""
    scene.some_hub.door.close_half()
    yield


FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        one.__name__: one
        for one in (
            hub_killed,
            hub_stopped,
            hub_frozen,
            redis_killed,
            redis_frozen,
            redis_wiped,
            subscriptions_killed,
            redis_unreachable,
            postgres_stopped,
            postgres_frozen,
            postgres_unreachable,
            postgres_far,
            sockets_cut,
            sockets_dead,
            sockets_thin,
            sockets_half_closed,
        )
    }
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One fault: when it begins, and how long it lasts."""

    name: str
    at_seconds: float
    seconds: float

    def __str__(self) -> str:
        return f"{self.name} at {self.at_seconds:.1f} s for {self.seconds:.1f} s"


def drawn(dice: Random, *, evening_seconds: float, count: int) -> list[Happening]:
    """So many faults within the evening, the same for the same dice."""
    names = [dice.choice(sorted(FAULTS)) for _ in range(count)]
    last = evening_seconds * 0.7
    return sorted(
        (Happening(name, dice.uniform(0.5, last), dice.uniform(0.3, evening_seconds * 0.3)) for name in names),
        key=lambda one: one.at_seconds,
    )


async def happen(scene: Scene, all_of_it: Sequence[Happening]) -> None:
    """Let it all happen. At the return it is over, and everything is as it should be."""
    async with asyncio.TaskGroup() as together:
        for one in all_of_it:
            together.create_task(_happens(scene, one), name=one.name)
    await scene.stage.mend()


async def _happens(scene: Scene, one: Happening) -> None:
    await asyncio.sleep(one.at_seconds)
    async with FAULTS[one.name](scene):
        await asyncio.sleep(one.seconds)
