"""The ledger: an append-only list of facts for each scope, with dense numbers in the order of the commits.

`append` is the last thing a transaction does. It moves the scope's head under the head's row lock and inserts the
entries in the same statement; the lock is held until the commit. So numbers have no holes, whoever reads `seq > n`
skips nothing, and a rollback takes the numbers back with everything else.

Everything here runs on the connection of the transaction under way. Not its business: what a fact means
(`hub.events`), and who is told of it (`hub.follow`).
"""

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import asyncpg

from hub.audience import Scope
from hub.store.changes import ARRAY_SEPARATOR, Change, written_first
from hub.store.connections import clock, connection, digest_of_epoch, identity

SEQ_MAX = 2**63 - 1
SHOUT = "shout"
"""The name of what a hub says to itself (`hub.follow.hearing`). It is no event: it states nothing."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a deed wants recorded. `payload` is JSON text and is delivered as it is."""

    scope: Scope
    name: str
    rooms: tuple[str, ...]
    payload: bytes


class Entry(NamedTuple):
    """One fact in its ledger. `at` is PostgreSQL's clock, in UTC; order is `seq`, never time.

    A tuple, since one is made for every fact on every hub that hears of it: a frozen class takes three times as long.
    """

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


class OtherLedger(Exception):
    """What was to be appended rests on numbers that this ledger never gave: it is of another life."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stood in a ledger when they asked for something."""

    scope: Scope
    epoch: str
    seq: int


async def append(
    facts: Sequence[Fact],
    *,
    actor: str,
    at: datetime,
    command_id: str,
    changes: Sequence[Change] = (),
    stood: Standing | None = None,
) -> tuple[Recorded, ...]:
    """Make the changes and append the facts, each scope's in the order given, in one round trip.

    Nothing may be locked after this in the same transaction. The heads come after the changes, since whoever else
    records here waits for them; and in the order of their scopes, so that two deeds never wait for each other's.

    Raises OtherLedger where whoever asked `stood` in another life of the ledger. The transaction must not commit then.
    """
    if not facts and not changes:
        return ()
    scopes = sorted({fact.scope for fact in facts})
    by_scope = {scope: [fact for fact in facts if fact.scope == scope] for scope in scopes}
    numbered = [(fact, back) for its in by_scope.values() for fact, back in _from_the_end(its)]
    rows = await connection().fetch(
        written_first(changes, _APPEND),
        *(argument for one in changes for argument in one.arguments),
        scopes,
        [len(its) for its in by_scope.values()],
        [fact.scope for fact, _ in numbered],
        [back for _, back in numbered],
        [fact.name for fact, _ in numbered],
        [ARRAY_SEPARATOR.join(fact.rooms) for fact, _ in numbered],
        [fact.payload.decode() for fact, _ in numbered],
        actor,
        at,
        command_id,
        ARRAY_SEPARATOR,
        None if stood is None else stood.scope,
    )
    if stood is not None:
        _must_be_of_this_life(stood, rows[0])
    touched = list(zip((one.name for one in changes), rows[0]["touched"], strict=True))
    assert touched == [(one.name, one.rows) for one in changes], f"A change did not touch what it should: {touched}"
    heads = {row["scope"]: row for row in rows}
    return tuple(_recorded(heads[scope], its, actor, at, command_id) for scope, its in by_scope.items())


_APPEND = """
    head as (
        insert into ledger_head as h (scope, seq)
        select scope, more from touched, unnest($1::text[], $2::bigint[]) as told (scope, more)
        order by scope collate "C"
        on conflict (scope) do update set seq = h.seq + excluded.seq
        returning scope, epoch, seq
    ), appended as (
        insert into ledger (scope, seq, name, rooms, payload, actor, at, command_id)
        select scope, head.seq - back, name, string_to_array(rooms, $11), payload::json, $8, $9, $10
        from head join unnest($3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[])
                       as fact (scope, back, name, rooms, payload) using (scope)
    )
    select touched.rows as touched, head.scope, head.epoch, head.seq, stood.epoch as stood_epoch, stood.seq as stood_seq
    from touched left join head on true left join ledger_head stood on stood.scope = $12
"""


def _must_be_of_this_life(stood: Standing, row: asyncpg.Record) -> None:
    # A head behind a number that somebody holds is of another life as well, whatever it says.
    is_ours = row["stood_epoch"] is not None and digest_of_epoch(row["stood_epoch"], identity()) == stood.epoch
    if not is_ours or row["stood_seq"] < stood.seq:
        raise OtherLedger


async def shout(scope: Scope, payload: bytes) -> Recorded:
    """Append what a hub says to itself: nobody asked for it, and only the hub's own room hears it."""
    at = await connection().fetchval("select now()")
    (recorded,) = await append([Fact(scope, SHOUT, (str(scope),), payload)], actor=scope, at=at, command_id="")
    return recorded


async def trim_shouts(scope: Scope, *, upto: int) -> None:
    """Drop a hub's shouts up to this number, and whatever hubs left behind that have been silent for an hour.

    Nothing else of any ledger can be dropped with a hub's rights, nor with these two functions.
    """
    await connection().execute("select trim_hub_ledger($1, $2), forget_silent_hubs()", scope, upto)


def _from_the_end(facts: Sequence[Fact]) -> Iterable[tuple[Fact, int]]:
    """The facts in order, each with its number's distance from the head's."""
    return zip(facts, range(len(facts) - 1, -1, -1), strict=True)


def _recorded(head: asyncpg.Record, facts: Sequence[Fact], actor: str, at: datetime, command_id: str) -> Recorded:
    scope, seq = head["scope"], head["seq"]
    entries = [
        Entry(scope, seq - back, fact.name, fact.rooms, fact.payload, at, actor, command_id)
        for fact, back in _from_the_end(facts)
    ]
    return Recorded(scope, digest_of_epoch(head["epoch"], identity()), tuple(entries))


async def open_head(scope: Scope) -> Head:
    """The head of a ledger, which is made if there was none (not in a snapshot, which can only read)."""
    found = await heads([scope])
    if scope in found:
        return found[scope]
    await connection().execute("insert into ledger_head (scope) values ($1) on conflict do nothing", scope)
    return (await heads([scope]))[scope]


async def heads(scopes: Collection[Scope]) -> dict[Scope, Head]:
    """The heads of these ledgers, in one query; one that never recorded anything, and was never opened, is absent."""
    asked_at = time.monotonic()
    rows = await connection().fetch(
        "select scope, epoch, seq, floor, clock_timestamp() as now from ledger_head where scope = any($1::text[])",
        list(scopes),
    )
    if rows:
        # Asked every second by every hub's sweep.
        clock().hear(rows[0]["now"], asked_at=asked_at)
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
