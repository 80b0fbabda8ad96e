"""Work in a process of its own, so that it does not take its turns from the screens that are looked at meanwhile."""

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar, TypeVarTuple

Args = TypeVarTuple("Args")
T = TypeVar("T")


class Apart:
    """A process that does one thing after the other."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    async def does(self, work: Callable[[*Args], Coroutine[Any, Any, T]], *args: *Args) -> T:
        """Have a module's coroutine function done there, and return what it returns."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, _run, work, *args)


@contextmanager
def apart(*, nice: int = 0) -> Iterator[Apart]:
    """Such a process, which is there already, and gives way to others as `nice` says."""
    with ProcessPoolExecutor(1, get_context("spawn"), os.nice, (nice,)) as pool:
        pool.submit(os.getpid).result()
        yield Apart(pool)


def _run(work: Callable[[*Args], Coroutine[Any, Any, T]], *args: *Args) -> T:
    return asyncio.run(work(*args))
