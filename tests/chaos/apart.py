"""Work in a process of its own, so that it does not take its turns from the screens that are looked at meanwhile."""

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Apart:
    """A process that does one thing after the other."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    async def does(self, work: Callable[P, Coroutine[Any, Any, T]], *args: P.args, **words: P.kwargs) -> T:
        """Have a module's coroutine function done there, and return what it returns."""
        assert not words
        return await asyncio.get_running_loop().run_in_executor(self._pool, _run, work, *args)


@contextmanager
def apart(*, nice: int = 0) -> Iterator[Apart]:
    """Such a process, which is there already, and gives way to others as `nice` says."""
    with ProcessPoolExecutor(1, get_context("spawn"), os.nice, (nice,)) as pool:
        pool.submit(os.getpid).result()
        yield Apart(pool)


def _run(work: Callable[..., Coroutine[Any, Any, Any]], *args: Any) -> Any:
    return asyncio.run(work(*args))
