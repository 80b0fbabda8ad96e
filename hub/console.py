"""What every command shares: where it writes, its loop, and the database that it names.

Not its business: any command (`hub.__main__`, `hub.upkeep`).
"""

import asyncio
import gc
import os
from collections.abc import Callable, Coroutine
from typing import Any

from rich.console import Console

out = Console()
err = Console(stderr=True)


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run to the end on the fastest loop there is."""
    gc.freeze()
    gc.enable()
    try:
        import uvloop
    except ImportError:
        return asyncio.run(work)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


def database_url() -> str:
    """DATABASE_URL, or one sentence about it."""
    from hub.config import BadSetting

    url = os.environ.get("DATABASE_URL", "")
    if not url:
        raise BadSetting("DATABASE_URL is not set. PostgreSQL, as postgresql://user@host:5432/name.")
    if not url.startswith(("postgresql://", "postgres://")):
        raise BadSetting("DATABASE_URL is not right: it must begin with postgresql://.")
    return url


async def reaching(url: str, work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Do it, and say plainly when the database cannot be reached or lacks the tables."""
    import asyncpg

    from hub.config import BadSetting

    try:
        return await work()
    except asyncpg.UndefinedTableError:
        raise BadSetting("The database has no tables yet. Run `brigade migrate` first.") from None
    except (OSError, asyncpg.PostgresError) as error:
        raise BadSetting(f"The database cannot be used: {error}. Is DATABASE_URL right?") from None
