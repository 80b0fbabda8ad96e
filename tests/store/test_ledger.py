"""The ledger's promises: numbers without holes, in the order of the commits, and never taken back."""

import asyncio
from collections.abc import Sequence
from contextvars import Context
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import asyncpg
import pytest

from hub.audience import PLATFORM, Scope, hub_scope
from hub.store import asked, ledger
from hub.store.database import Database, connection
from hub.store.ledger import Entry, Fact, Head, Recorded
from tests.support.databases import a_database, name_of, open_database

AT = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)


def a_scope() -> Scope:
    return Scope(f"restaurant:{uuid4()}")


def a_fact(scope: Scope, *rooms: str, payload: bytes = b"{}") -> Fact:
    return Fact(scope, "ticket_bumped", rooms, payload)


async def append(*facts: Fact, by: str = "system", command_id: str = "") -> tuple[Recorded, ...]:
    return await ledger.append(facts, actor=by, at=AT, command_id=command_id)


async def commit(database: Database, *facts: Fact, by: str = "system", command_id: str = "") -> tuple[Recorded, ...]:
    async with database.transaction():
        return await append(*facts, by=by, command_id=command_id)


async def head_of(database: Database, scope: Scope) -> Head:
    async with database.transaction():
        return await ledger.open_head(scope)


def numbers(entries: Sequence[Entry]) -> list[int]:
    return [entry.seq for entry in entries]


async def test_twenty_writers_on_two_hubs_leave_no_hole_and_a_polling_reader_skips_nothing(
    database: Database, database_url: str
) -> None:
    scope, entries_max, writers = a_scope(), 2_000, 20
    other_hub = await open_database(database_url)
    left = iter(range(entries_max))
    seen: list[int] = []

    async def write(hub: Database) -> None:
        for _ in left:
            await commit(hub, a_fact(scope))

    async def poll() -> None:
        while len(seen) < entries_max:
            async with other_hub.snapshot():
                seen.extend(numbers(await ledger.entries(scope, after=seen[-1] if seen else 0, limit=500)))

    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        group.create_task(poll())
        for number in range(writers):
            group.create_task(write(database if number % 2 else other_hub))

    assert seen == list(range(1, entries_max + 1))
    await other_hub.close()


async def test_a_rollback_takes_its_numbers_back(database: Database) -> None:
    scope = a_scope()

    async def fail() -> None:
        async with database.transaction():
            await append(a_fact(scope), a_fact(scope))
            raise KeyError

    await commit(database, a_fact(scope))
    with pytest.raises(KeyError):
        await fail()
    (recorded,) = await commit(database, a_fact(scope))

    assert numbers(recorded.entries) == [2]


async def test_what_was_recorded_is_read_back_byte_for_byte(database: Database) -> None:
    scope = a_scope()
    odd = '{"b":1, "a" : 1.0,"a":"crème \\u0000"}'.encode()
    fact = Fact(scope, "order_placed", ("waiters:1", "kitchen:1"), odd)
    quiet = Fact(scope, "order_noted", (), b"[]")
    (recorded,) = await commit(database, fact, quiet, by="user:7", command_id="c1")

    async with database.snapshot():
        assert tuple(await ledger.entries(scope, after=0, limit=9)) == recorded.entries
    first, second = recorded.entries
    assert first == Entry(scope, 1, fact.name, fact.rooms, odd, AT, "user:7", "c1")
    assert (second.seq, second.rooms) == (2, ())
    assert recorded.epoch == (await head_of(database, scope)).epoch


async def test_one_transaction_may_record_in_several_ledgers(database: Database) -> None:
    here, there = sorted([a_scope(), a_scope()])
    recorded = await commit(database, a_fact(there), a_fact(here), a_fact(there, "ops"))

    assert [(one.scope, numbers(one.entries)) for one in recorded] == [(here, [1]), (there, [1, 2])]
    assert [entry.rooms for entry in recorded[1].entries] == [(), ("ops",)]


async def test_ledgers_named_in_opposite_orders_do_not_deadlock(database: Database) -> None:
    one, other = a_scope(), a_scope()

    async def record(*scopes: Scope) -> None:
        for _ in range(50):
            await commit(database, *(a_fact(scope) for scope in scopes))

    await asyncio.gather(record(one, other), record(other, one), record(one, other), record(other, one))

    assert (await head_of(database, one)).seq == (await head_of(database, other)).seq == 200


async def test_nothing_to_record_touches_nothing(database: Database) -> None:
    assert await commit(database) == ()


async def test_a_ledger_is_opened_empty_and_only_once(database: Database) -> None:
    scope = a_scope()
    first, second = await asyncio.gather(head_of(database, scope), head_of(database, scope))

    assert first == second == Head(scope, first.epoch, 0, 0)
    async with database.snapshot():
        assert await ledger.heads([scope, a_scope()]) == {scope: first}
        assert await ledger.heads([]) == {}


async def test_a_ledger_is_read_forwards_in_pages_and_from_its_end(database: Database) -> None:
    scope = a_scope()
    await commit(database, *(a_fact(scope) for _ in range(10)))
    await commit(database, a_fact(a_scope()))

    async with database.snapshot():
        assert numbers(await ledger.entries(scope, after=0, limit=3)) == [1, 2, 3]
        assert numbers(await ledger.entries(scope, after=7, limit=99)) == [8, 9, 10]
        assert numbers(await ledger.entries(scope, after=2, upto=4, limit=99)) == [3, 4]
        assert numbers(await ledger.latest(scope, limit=2)) == [9, 10]
        assert numbers(await ledger.latest(scope, limit=99)) == list(range(1, 11))
        assert await ledger.latest(a_scope(), limit=5) == []


async def test_a_room_has_its_own_part_of_the_ledger(database: Database) -> None:
    scope = a_scope()
    await commit(database, *(a_fact(scope, "waiters:1", *(["table:9"] if n % 3 == 0 else [])) for n in range(1, 13)))

    async with database.snapshot():
        assert numbers(await ledger.entries_of_room(scope, "table:9", after=0, upto=12, limit=99)) == [3, 6, 9, 12]
        assert numbers(await ledger.entries_of_room(scope, "table:9", after=3, upto=11, limit=99)) == [6, 9]
        assert numbers(await ledger.entries_of_room(scope, "table:9", after=0, upto=12, limit=2)) == [3, 6]
        assert await ledger.entries_of_room(scope, "table:", after=0, upto=12, limit=99) == []
        assert await ledger.count_of_room(scope, "table:9", after=3, upto=12, limit=99) == 3
        assert await ledger.count_of_room(scope, "waiters:1", after=0, upto=12, limit=5) == 5


async def test_a_command_is_found_by_the_first_entry_it_recorded(database: Database) -> None:
    scope = a_scope()
    await commit(database, a_fact(scope))
    await commit(database, a_fact(scope), a_fact(scope), by="user:1", command_id="c1")
    await commit(database, a_fact(scope), by="user:2", command_id="c1")

    async with database.snapshot():
        assert await ledger.first_of_command(scope, "c1", "user:1") == 2
        assert await ledger.first_of_command(scope, "c1", "user:2") == 4
        assert await ledger.first_of_command(scope, "c2", "user:1") is None
        assert await ledger.first_of_command(PLATFORM, "c1", "user:1") is None


@pytest.mark.parametrize(
    "statement",
    [
        "update ledger set name = 'nothing_happened'",
        "delete from ledger",
        "truncate ledger",
        "delete from ledger_head",
        "update ledger_head set epoch = gen_random_uuid()",
        "update ledger_head set floor = 1",
        "update migration set name = ''",
        "create table mine (id int)",
        "drop table ledger",
    ],
)
async def test_the_hub_cannot_change_what_is_recorded_nor_the_tables(database: Database, statement: str) -> None:
    await commit(database, a_fact(a_scope()))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.transaction():
            await connection().execute(statement)


async def shouts(database: Database, scope: Scope, times: int) -> None:
    for number in range(times):
        async with database.transaction():
            await ledger.shout(scope, b'{"number":%d}' % number)


async def shouted_long_ago(database: Database, scope: Scope) -> None:
    async with database.transaction():
        at = datetime.now(UTC) - timedelta(hours=1, minutes=1)
        await ledger.append([Fact(scope, ledger.SHOUT, (scope,), b"{}")], actor=scope, at=at, command_id="")


async def kept(database: Database, scope: Scope) -> tuple[int, list[int]]:
    """The floor of a ledger, and the numbers that are there."""
    async with database.snapshot():
        floor = (await ledger.heads([scope]))[scope].floor
        return floor, numbers(await ledger.entries(scope, after=0, limit=1_000))


async def trims(database: Database, scope: Scope, upto: int) -> None:
    async with database.transaction():
        await ledger.trim_shouts(scope, upto=upto)


async def test_a_hub_trims_what_it_said_to_itself_and_goes_on_counting(database: Database) -> None:
    own, neighbour = hub_scope(str(uuid4())), hub_scope(str(uuid4()))
    await shouts(database, own, 5)
    await shouts(database, neighbour, 2)
    await trims(database, own, 3)
    assert await kept(database, own) == (3, [4, 5])
    await trims(database, own, 1)
    assert await kept(database, own) == (3, [4, 5]), "a floor only rises"
    await trims(database, own, 99)
    assert await kept(database, own) == (4, [5]), "the newest says when the hub was heard last"
    await shouts(database, own, 1)
    assert await kept(database, own) == (4, [5, 6])
    assert await kept(database, neighbour) == (0, [1, 2])


@pytest.mark.parametrize(
    "scope", [PLATFORM, Scope("restaurant:1"), Scope("user:hub:1"), Scope("hub"), Scope("HUB:1"), Scope("%")]
)
async def test_a_hub_can_trim_nothing_but_what_hubs_say_to_themselves(database: Database, scope: Scope) -> None:
    await commit(database, *[a_fact(scope)] * 3)
    await trims(database, scope, 2)
    assert await kept(database, scope) == (0, [1, 2, 3])


async def test_what_a_hub_left_behind_that_is_silent_for_an_hour_is_forgotten(database: Database) -> None:
    own, gone, never_shouted = (hub_scope(str(uuid4())) for _ in range(3))
    await shouts(database, own, 3)
    await shouted_long_ago(database, gone)
    await commit(database, a_fact(PLATFORM))
    await head_of(database, never_shouted)
    await trims(database, own, 1)
    async with database.snapshot() as line:
        heads = {row["scope"] for row in await line.fetch("select scope from ledger_head")}
        entries = {row["scope"] for row in await line.fetch("select scope from ledger")}
    assert heads == entries == {own, PLATFORM}


async def test_a_hub_that_shouts_just_now_is_not_forgotten(database: Database, database_url: str) -> None:
    own, waking = hub_scope(str(uuid4())), hub_scope(str(uuid4()))
    other = await open_database(database_url)
    await shouts(database, own, 3)
    await shouted_long_ago(database, waking)
    async with database.transaction():
        await ledger.shout(waking, b"{}")
        # In a context of its own: a transaction is under way in this one.
        await asyncio.create_task(trims(other, own, 1), context=Context())
    await trims(database, own, 2)
    assert await kept(database, waking) == (0, [1, 2])
    await other.close()


async def test_a_copied_database_has_another_epoch(database: Database, database_url: str, postgres_url: str) -> None:
    head = await head_of(database, PLATFORM)
    await database.close()
    async with a_database(postgres_url, template=name_of(database_url)) as url:
        copy = await open_database(url)
        assert (await head_of(copy, PLATFORM)).epoch != head.epoch
        await copy.close()


async def test_a_new_epoch_is_seen_by_everyone_and_needs_the_owner(database: Database, database_url: str) -> None:
    one, other = a_scope(), a_scope()
    before = [await head_of(database, scope) for scope in (one, other)]
    owner = await open_database(database_url, as_owner=True)
    async with owner.transaction():
        assert await ledger.new_epoch() == 2
    await owner.close()

    after = [await head_of(database, scope) for scope in (one, other)]
    assert [head.seq for head in after] == [head.seq for head in before]
    assert {head.epoch for head in after}.isdisjoint(head.epoch for head in before)
    assert len({head.epoch for head in after}) == 2
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.transaction():
            await ledger.new_epoch()


async def test_the_epoch_of_an_entry_is_its_heads(database: Database) -> None:
    scope = a_scope()
    opened = await head_of(database, scope)
    (recorded,) = await commit(database, a_fact(scope))

    assert recorded.epoch == opened.epoch
    assert len(recorded.epoch) == 16


async def test_a_deed_claims_and_appends_on_one_clock(database: Database) -> None:
    scope = a_scope()
    async with database.transaction():
        claim = asked.Claim("user:1", "c1", "bump_ticket", b"d")
        await asked.claim(claim)
        assert claim.at is not None
        await ledger.append([a_fact(scope)], actor="user:1", at=claim.at, command_id="c1")
    async with database.snapshot():
        (entry,) = await ledger.latest(scope, limit=1)

    assert entry.at == claim.at
    assert entry.at.tzinfo is not None
