"""What could not be done, for whoever keeps the house: to see it, to have it tried again, or to give it up.

Not its business: why (a held job says so itself, and nothing of what it was about).
"""

from collections.abc import Awaitable, Callable, Collection

from rich.console import Console
from rich.table import Table

from hub.store import jobs
from hub.store.database import Database
from hub.store.jobs import Held

ALL = "all"


async def see_to(url: str, console: Console, again: Collection[str], forget: Collection[str]) -> int:
    """Do as is said with the jobs that are named, and show what is held then. 0 where nothing is, else 1.

    Raises what `Database.open` raises. A number by which nothing is held is said, and keeps nothing else from being
    done.
    """
    database = await Database.open(url, pool_size_max=2)
    try:
        for named, do, done in ((again, jobs.try_again, "is tried again"), (forget, jobs.drop, "is given up")):
            for line in await _each(database, named, do, done):
                console.print(line, highlight=False)
        left = await database.glance(jobs.held)
        _show(left, console)
        return 1 if left else 0
    finally:
        await database.close()


async def _each(
    database: Database, named: Collection[str], do: Callable[[int], Awaitable[bool]], done: str
) -> list[str]:
    if ALL in named:
        named = [str(one.id) for one in await database.glance(jobs.held)]
    said = []
    for one in named:
        async with database.transaction():
            was_held = one.isdecimal() and await do(int(one))
        said.append(f"Job {one} {done}." if was_held else f"No job {one} is held.")
    return said


def _show(held: Collection[Held], console: Console) -> None:
    if not held:
        console.print("No job is held.", highlight=False)
        return
    table = Table("number", "job", "since", "tries", "why")
    for one in held:
        table.add_row(str(one.id), one.kind, f"{one.since:%Y-%m-%d %H:%M} UTC", str(one.tries), one.why)
    console.print(table)
