"""The commands of whoever keeps a house's database: for what is done at the machine itself, beside any hub.

    jobs · new-epoch · audit verify · operators show, appoint, dismiss

What a command needs is imported when it is asked for. Not its business: what is done (`hub.actions`, `hub.store`).
"""

import sys
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from cyclopts import App, Parameter

from hub.console import database_url, out, reaching, run

if TYPE_CHECKING:
    from hub.store.database import Database

T = TypeVar("T")

of_audit = App(name="audit", help="What was changed of a house, and by whom.")
of_operators = App(name="operators", help="Who keeps the hubs: opens restaurants, speaks to everybody, sees every hub.")


def jobs(
    *,
    again: Annotated[
        list[str] | None, Parameter(negative=(), help="Have these tried again, by their numbers, or all.")
    ] = None,
    forget: Annotated[
        list[str] | None, Parameter(negative=(), help="Give these up for good, by their numbers, or all.")
    ] = None,
) -> None:
    """Show the jobs that are held: what could not be done afterwards, such as a mail that nobody takes.

    Ends with status 1 while any is held.
    """
    from hub.porter.held import see_to

    sys.exit(run(reaching(database_url(), lambda: see_to(database_url(), out, again or (), forget or ()))))


def new_epoch() -> None:
    """After a restore in place: tell every client to take a fresh board. Log in as the database's owner."""
    from hub.store import ledger

    async def work(database: "Database") -> int:
        async with database.transaction():
            return await ledger.new_epoch()

    out.print(f"{_done(work, as_owner=True)} ledgers have a new epoch.", highlight=False)


@of_audit.command
def verify() -> None:
    """Look at the audit's chains from their beginning. Where one is broken, it says at which entry, and ends with 1.

    What was cut off together with a chain's head cannot be seen from here: keep what this prints, and compare.
    """
    from hub.store import audit

    async def work(database: "Database") -> list[audit.Verified]:
        async with database.snapshot(seconds_max=audit.VERIFYING_SECONDS_MAX):
            return await audit.verify()

    found = _done(work)
    for one in found:
        state = "whole" if one.broken_at is None else f"broken at {one.broken_at}"
        out.print(f"{one.scope}: {one.entries} entries, {state}, {one.hash.hex()}", highlight=False, soft_wrap=True)
    audit.must_be_whole(found)
    out.print(f"{len(found)} chains are whole.", highlight=False)


@of_operators.command
def appoint(email: str, /) -> None:
    """Make whoever has the account with this address an operator. They register at the front door first.

    Parameters
    ----------
    email
        The address of the account.
    """
    _become(email, is_operator=True)


@of_operators.command
def dismiss(email: str, /) -> None:
    """Whoever has the account with this address is no operator any more. Running hubs know within a second.

    Parameters
    ----------
    email
        The address of the account.
    """
    _become(email, is_operator=False)


@of_operators.command
def show() -> None:
    """Show who is an operator."""
    from hub.actions import operators

    for email in _done(operators.emails):
        out.print(email, highlight=False)


def _become(email: str, *, is_operator: bool) -> None:
    from hub.actions import operators

    was_needed = _done(lambda database: operators.become(database, email, is_operator=is_operator))
    what = "an operator" if is_operator else "no operator any more"
    out.print(f"{email} is {what}." if was_needed else "Nothing to do.", highlight=False)


def _done(work: Callable[["Database"], Coroutine[Any, Any, T]], *, as_owner: bool = False) -> T:
    """What comes of it in the database that DATABASE_URL names."""
    from hub.store.database import Database

    url = database_url()

    async def opened() -> T:
        database = await Database.open(url, pool_size_max=2, as_owner=as_owner)
        try:
            return await work(database)
        finally:
            await database.close()

    done: T = run(reaching(url, opened))
    return done


COMMANDS: tuple[Callable[..., Any] | App, ...] = (jobs, new_epoch, of_audit, of_operators)
