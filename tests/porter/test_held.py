"""Whoever keeps the house sees what is held, has it tried again, or gives it up."""

import io

from rich.console import Console

from hub.jobs import CannotBeDone
from hub.porter.held import see_to
from hub.store.database import Database
from tests.porter.test_porter import Sink, a_porter, ask, held, nothing_is_left


async def says(url: str, *, again: tuple[str, ...] = (), forget: tuple[str, ...] = ()) -> tuple[int, str]:
    console = Console(file=io.StringIO(), width=120)
    status = await see_to(url, console, again, forget)
    assert isinstance(console.file, io.StringIO)
    return status, console.file.getvalue()


async def test_what_is_held_is_shown_until_it_is_seen_to(database: Database, database_url: str) -> None:
    assert await says(database_url) == (0, "No job is held.\n")
    sink = Sink()
    sink.goes_wrong = [CannotBeDone("It is not a pan."), CannotBeDone("It is no pot.")]
    async with a_porter(database, sink, look_every_seconds=0.1):
        await ask(database, "a pan")
        (first,) = await held(database)
        status, said = await says(database_url)
        assert status == 1
        assert "It is not a pan." in said
        await ask(database, "a pot")
        await nothing_is_left(database)

        status, said = await says(database_url, again=(str(first.id), "x", "99999"))
        assert f"Job {first.id} is tried again." in said
        assert "No job x is held." in said
        assert "No job 99999 is held." in said
        await nothing_is_left(database)
        status, said = await says(database_url, forget=("all",))
        assert (status, said.splitlines()[-1]) == (0, "No job is held.")
    assert sink.washed == {"a pan": 1}
