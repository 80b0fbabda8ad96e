"""A command has one effect, however often it is asked."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from hub.domain.refusals import InProgress
from hub.store import asked, ledger
from hub.store.asked import AskedBefore, Claim, Kept
from hub.store.database import Database, connection
from tests.support.waiting import until_a_connection_waits


def a_claim(actor: str = "user:1") -> Claim:
    return Claim(actor, "c1", "bump_ticket", b"digest")


@pytest.fixture
async def another_hub(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection without our time-outs, to hold what a slow hub would hold."""
    line = await asyncpg.connect(database_url)
    yield line
    await line.close()


async def do(database: Database, *, answer: bytes | None = b'{"ok": true}', actor: str = "user:1") -> Claim | Kept:
    """The claim with which the command was done, or what was kept of it when it was done before."""
    claim = a_claim(actor)
    async with database.transaction():
        try:
            await asked.claim(claim)
        except AskedBefore:
            return await asked.kept(claim)
        assert claim.at is not None
        answered = asked.answered(claim, scope="platform", events=["ticket_bumped"], answer=answer)
        await ledger.append([], actor=claim.actor, at=claim.at, command_id=claim.id, changes=[answered])
        return claim


async def test_asked_again_a_command_has_its_first_answer_byte_for_byte(database: Database) -> None:
    odd = b'{"b" :1, "a":  [1.0]}'
    first = await do(database, answer=odd)
    assert isinstance(first, Claim)

    assert await do(database) == Kept("bump_ticket", b"digest", "platform", ("ticket_bumped",), odd, first.at)


async def test_an_answer_with_secrets_is_not_kept(database: Database) -> None:
    await do(database, answer=None)
    kept = await do(database)
    assert isinstance(kept, Kept)
    assert kept.answer is None


async def test_a_command_belongs_to_whoever_asked_it(database: Database) -> None:
    await do(database)
    assert isinstance(await do(database, actor="user:2"), Claim)


async def test_a_failed_deed_leaves_no_claim(database: Database) -> None:
    async def fail() -> None:
        async with database.transaction():
            await asked.claim(a_claim())
            raise KeyError

    with pytest.raises(KeyError):
        await fail()
    assert isinstance(await do(database), Claim)


async def test_the_clock_is_the_transactions(database: Database) -> None:
    async with database.transaction():
        claim = a_claim()
        await asked.claim(claim)
        assert claim.at == await connection().fetchval("select now()")


@pytest.mark.parametrize(("outcome", "kind"), [("commit", Kept), ("rollback", Claim)])
async def test_of_two_at_once_the_second_waits_for_the_first(
    database: Database, another_hub: asyncpg.Connection, outcome: str, kind: type[Claim | Kept]
) -> None:
    await another_hub.execute("begin")
    await another_hub.execute("insert into command (actor, id, name, digest) values ('user:1', 'c1', 'bump', '')")
    second = asyncio.create_task(do(database))
    await until_a_connection_waits(another_hub)
    await another_hub.execute(outcome)

    assert isinstance(await second, kind)


async def test_a_first_one_that_takes_too_long_is_in_progress(
    usual_database: Database, another_hub: asyncpg.Connection
) -> None:
    async with another_hub.transaction():
        await another_hub.execute("insert into command (actor, id, name, digest) values ('user:1', 'c1', 'bump', '')")
        with pytest.raises(InProgress):
            await do(usual_database)


async def test_two_hundred_copies_at_once_have_one_effect(database: Database) -> None:
    told = await asyncio.gather(*(do(database) for _ in range(200)))
    assert sum(isinstance(one, Claim) for one in told) == 1
