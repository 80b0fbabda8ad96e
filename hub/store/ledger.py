"""The ledger: an append-only list of facts for each scope, with dense numbers in the order of the commits.

`append` is the last thing a transaction does. It moves the scope's head under the head's row lock and inserts the
entries in the same statement; the lock is held until the commit. So numbers have no holes, whoever reads `seq > n`
skips nothing, and a rollback takes the numbers back with everything else.

Everything here runs on the connection of the transaction under way. Not its business: what a fact means
(`hub.events`), and who is told of it (`hub.follow`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from hub.audience import Scope
from hub.store.connections import connection, digest_of_epoch, identity

# No room's name holds it, so a fact's rooms travel as one text: SQL has no arrays of arrays of different lengths.
ROOM_SEPARATOR = "\x1f"

SEQ_MAX = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Fact:
    """What a deed wants recorded. `payload` is JSON text and is delivered as it is."""

    scope: Scope
    name: str
    rooms: tuple[str, ...]
    payload: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact in its ledger. `at` is PostgreSQL's clock, in UTC; order is `seq`, never time."""

    scope: Scope
    seq: int
    name: str
    rooms: tuple[str, ...]
    payload: bytes
    at: datetime
    actor: str
    command_id: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one commit appended to one scope."""

    scope: Scope
    epoch: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """How far a ledger reaches: entries `floor` < seq ≤ `seq` are there. Numbers of two epochs are not comparable."""

    scope: Scope
    epoch: str
    seq: int
    floor: int


async def append(facts: Sequence[Fact], *, actor: str, at: datetime, command_id: str) -> tuple[Recorded, ...]:
    """Append the facts, each scope's in the order given. Nothing may be locked after this in the same transaction.

    One round trip per scope. Scopes are taken in sorted order, so that two deeds never wait for each other's heads.
    """
    by_scope: dict[Scope, list[Fact]] = {}
    for fact in facts:
        by_scope.setdefault(fact.scope, []).append(fact)
    return tuple(
        [
            await _append_to_one(scope, by_scope[scope], actor=actor, at=at, command_id=command_id)
            for scope in sorted(by_scope)
        ]
    )


_APPEND = """
    with head as (
        insert into ledger_head as h (scope, seq) values ($1, $2)
        on conflict (scope) do update set seq = h.seq + excluded.seq
        returning epoch, seq
    ), appended as (
        insert into ledger (scope, seq, name, rooms, payload, actor, at, command_id)
        select $1, head.seq - $2 + place, name, string_to_array(rooms, $9), payload::json, $6, $7, $8
        from head, unnest($3::text[], $4::text[], $5::text[]) with ordinality as fact (name, rooms, payload, place)
    )
    select epoch, seq from head
"""


async def _append_to_one(scope: Scope, facts: Sequence[Fact], *, actor: str, at: datetime, command_id: str) -> Recorded:
    head = await connection().fetchrow(
        _APPEND,
        scope,
        len(facts),
        [fact.name for fact in facts],
        [ROOM_SEPARATOR.join(fact.rooms) for fact in facts],
        [fact.payload.decode() for fact in facts],
        actor,
        at,
        command_id,
        ROOM_SEPARATOR,
    )
    assert head is not None
    first = head["seq"] - len(facts) + 1
    return Recorded(
        scope,
        digest_of_epoch(head["epoch"], identity()),
        tuple(
            Entry(scope, seq, fact.name, fact.rooms, fact.payload, at, actor, command_id)
            for seq, fact in enumerate(facts, first)
        ),
    )


async def open_head(scope: Scope) -> Head:
    """The head of a ledger, which is made if there was none (not in a snapshot, which can only read)."""
    found = await heads([scope])
    if scope in found:
        return found[scope]
    await connection().execute("insert into ledger_head (scope) values ($1) on conflict do nothing", scope)
    return (await heads([scope]))[scope]


async def heads(scopes: Collection[Scope]) -> dict[Scope, Head]:
    """The heads of these ledgers, in one query; one that never recorded anything, and was never opened, is absent."""
    rows = await connection().fetch(
        "select scope, epoch, seq, floor from ledger_head where scope = any($1::text[])", list(scopes)
    )
    return {
        row["scope"]: Head(row["scope"], digest_of_epoch(row["epoch"], identity()), row["seq"], row["floor"])
        for row in rows
    }


async def entries(scope: Scope, *, after: int, upto: int | None = None, limit: int) -> list[Entry]:
    """The entries `after` < seq ≤ `upto`, in order, at most `limit` of them."""
    rows = await connection().fetch(
        """
        select seq, name, rooms, payload, at, actor, command_id from ledger
        where scope = $1 and seq > $2 and seq <= $3 order by seq limit $4
        """,
        scope,
        after,
        SEQ_MAX if upto is None else upto,
        limit,
    )
    return [_entry(scope, row) for row in rows]


async def latest(scope: Scope, *, limit: int) -> list[Entry]:
    """The last `limit` entries, in order."""
    rows = await connection().fetch(
        """
        select seq, name, rooms, payload, at, actor, command_id from ledger
        where scope = $1 order by seq desc limit $2
        """,
        scope,
        limit,
    )
    return [_entry(scope, row) for row in reversed(rows)]


async def entries_of_room(scope: Scope, room: str, *, after: int, upto: int, limit: int) -> list[Entry]:
    """The entries `after` < seq ≤ `upto` that this room hears, in order, at most `limit` of them.

    It looks through the scope's entries from `after` on, until it has enough: some 0.2 ms for each thousand.
    """
    rows = await connection().fetch(
        """
        select seq, name, rooms, payload, at, actor, command_id from ledger
        where scope = $1 and seq > $2 and seq <= $3 and rooms @> array[$4::text] order by seq limit $5
        """,
        scope,
        after,
        upto,
        room,
        limit,
    )
    return [_entry(scope, row) for row in rows]


async def count_of_room(scope: Scope, room: str, *, after: int, upto: int, limit: int) -> int:
    """How many entries `after` < seq ≤ `upto` this room hears; counting stops at `limit`."""
    count: int = await connection().fetchval(
        """
        select count(*) from (
            select from ledger where scope = $1 and seq > $2 and seq <= $3 and rooms @> array[$4::text] limit $5
        ) as heard
        """,
        scope,
        after,
        upto,
        room,
        limit,
    )
    return count


async def first_of_command(scope: Scope, command_id: str, actor: str) -> int | None:
    """The number of the first entry that this actor's command recorded in the scope, or None."""
    seq: int | None = await connection().fetchval(
        "select min(seq) from ledger where scope = $1 and command_id = $2 and actor = $3", scope, command_id, actor
    )
    return seq


async def new_epoch() -> int:
    """Give every ledger another epoch, so that all screens start afresh; how many there were.

    For a database that was restored in place. It needs the owner's rights: `Database.open(…, as_owner=True)`.
    """
    outcome = await connection().execute("update ledger_head set epoch = gen_random_uuid()")
    return int(outcome.removeprefix("UPDATE "))


def _entry(scope: Scope, row: asyncpg.Record) -> Entry:
    return Entry(
        scope,
        row["seq"],
        row["name"],
        tuple(row["rooms"]),
        row["payload"].encode(),
        row["at"],
        row["actor"],
        row["command_id"],
    )
