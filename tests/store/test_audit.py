"""The audit is only ever added to, and whoever changes it by other means is found."""

import asyncio
from datetime import UTC, datetime
from ipaddress import ip_address

import asyncpg
import pytest

from hub.audience import PLATFORM, Scope, restaurant_scope
from hub.ids import RestaurantId, new_id
from hub.store import audit
from hub.store.audit import BrokenChain, Noted, Sought, Verified, append, must_be_whole
from hub.store.database import Database, connection
from tests.support.databases import run_as_owner

HOUSE, ELSEWHERE = (restaurant_scope(RestaurantId(new_id())) for _ in range(2))
NOON = datetime(2026, 11, 22, 12, 0, 0, 123, tzinfo=UTC)


def noted(number: int, scope: Scope = HOUSE) -> Noted:
    return Noted(
        scope,
        NOON,
        "user:1",
        "change_item",
        "item",
        f"item {number}",
        old={"price": number},
        new={"price": number + 1, "name": "Crème brûlée"},
        address=ip_address("192.0.2.7"),
    )


@pytest.fixture
async def chain(database: Database) -> Database:
    """Three entries of a house, one of another, and one of the platform."""
    async with database.transaction():
        for number in range(3):
            await append(noted(number))
        await append(noted(7, ELSEWHERE))
        await append(Noted(PLATFORM, NOON, "user:1", "signed_in", "session", "1"))
    return database


async def verified(database: Database) -> dict[str, Verified]:
    async with database.snapshot():
        return {one.scope: one for one in await audit.verify()}


async def looked_through(database: Database, limit: int) -> int | None:
    """What is found broken where so many entries are looked at in a question."""
    upto = 0
    while True:
        async with database.snapshot():
            found = await audit.look_at(HOUSE, after=upto, limit=limit)
        assert found is not None
        if not found.has_more:
            return found.broken_at
        upto = found.upto


async def test_a_chain_that_nobody_touched_is_whole(chain: Database) -> None:
    found = await verified(chain)
    assert {scope: (one.entries, one.broken_at) for scope, one in found.items()} == {
        HOUSE: (3, None),
        ELSEWHERE: (1, None),
        PLATFORM: (1, None),
    }
    must_be_whole(tuple(found.values()))
    assert [await looked_through(chain, limit) for limit in (1, 2, 3, 100)] == [None] * 4


async def test_an_entry_says_what_was_noted(chain: Database) -> None:
    async with chain.snapshot():
        newest, *_ = await audit.entries(HOUSE, Sought(), before=None, limit=10)
    assert (newest.seq, newest.at, newest.actor, newest.address) == (3, NOON, "user:1", "192.0.2.7")
    assert (newest.old, newest.new) == ('{"price":2}', '{"price":3,"name":"Crème brûlée"}')


async def test_what_is_noted_at_once_is_one_chain(database: Database) -> None:
    async def note(number: int) -> None:
        async with database.transaction():
            await append(noted(number))

    await asyncio.gather(*(note(number) for number in range(20)))
    assert (await verified(database))[HOUSE].entries == 20
    must_be_whole(tuple((await verified(database)).values()))


async def test_what_was_rolled_back_was_never_noted(database: Database) -> None:
    async def note_and_fail() -> None:
        async with database.transaction():
            await append(noted(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await note_and_fail()
    assert await verified(database) == {}


@pytest.mark.parametrize(
    "statement",
    [
        "update audit set actor = 'user:2'",
        "delete from audit",
        "truncate audit",
        "delete from audit_head",
        "truncate audit_head",
        "alter table audit drop column old",
        "drop table audit",
    ],
)
async def test_a_hub_may_change_nothing_of_it(chain: Database, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with chain.transaction():
            await connection().execute(statement)


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("update audit set actor = 'user:2' where seq = 2 and scope = '{house}'", 2),
        ("update audit set at = at + interval '1 microsecond' where seq = 2 and scope = '{house}'", 2),
        ("update audit set action = 'change_itel' where seq = 2 and scope = '{house}'", 2),
        ("update audit set entity = 'iten' where seq = 2 and scope = '{house}'", 2),
        ("update audit set entity_id = 'item 2' where seq = 2 and scope = '{house}'", 2),
        ("update audit set old = '{{\"price\":2}}' where seq = 2 and scope = '{house}'", 2),
        ("update audit set new = null where seq = 2 and scope = '{house}'", 2),
        ("update audit set address = '192.0.2.8' where seq = 2 and scope = '{house}'", 2),
        ("update audit set hash = set_byte(hash, 0, 255 - get_byte(hash, 0)) where seq = 1 and scope = '{house}'", 1),
        ("update audit set seq = 5 - seq where seq in (2, 3) and scope = '{house}'", 2),
        ("delete from audit where seq = 2 and scope = '{house}'", 2),
        ("delete from audit where seq = 3 and scope = '{house}'", 3),
        ("delete from audit where scope = '{house}'", 1),
        ("delete from audit_head where scope = '{house}'", 1),
        ("update audit_head set seq = 2 where scope = '{house}'", 4),
        ("insert into audit select scope, 4, at, actor, action, entity, entity_id, old, new, address, hash"
         " from audit where seq = 3 and scope = '{house}'", 4),
        ("update audit set scope = '{house}', seq = 4 where scope = '{elsewhere}'", 4),
    ],
)  # fmt: skip
async def test_whoever_changes_it_with_all_rights_is_found(
    chain: Database, database_url: str, statement: str, broken_at: int
) -> None:
    # The keys are checked row by row, so two that trade places meet in the middle.
    trades = "alter table audit drop constraint audit_pkey"
    await run_as_owner(database_url, trades, statement.format(house=HOUSE, elsewhere=ELSEWHERE))
    found = await verified(chain)
    assert found[HOUSE].broken_at == broken_at
    for limit in (1, 2, 100):
        assert await looked_through(chain, limit) == broken_at
    with pytest.raises(BrokenChain):
        must_be_whole(tuple(found.values()))
