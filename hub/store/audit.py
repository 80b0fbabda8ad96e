"""The audit: who changed what of a house besides its orders, what it was before, and from where.

Entries are appended, in the transaction of the change, and can be neither changed nor taken back with a hub's rights.
Each scope's entries are a chain: the hash of one covers the one before it, so whoever changes, drops or puts in any
afterwards, with whatever rights, breaks it there, and `verify` finds the place. What was cut off at the end together
with the head is found by whoever wrote the head's hash down elsewhere.

Orders and tickets are not here: the ledger is their audit. Not its business: what is worth an entry (`hub.actions`).
"""

import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg
import orjson

from hub.audience import Scope
from hub.moments import moment
from hub.proxies import Address
from hub.store.connections import connection

Values = Mapping[str, Any]
"""What something was, or is, by the names of its fields; ready to be written as JSON, and without secrets."""

VERIFIED_AT_ONCE = 1_000
VERIFYING_SECONDS_MAX = 3600.0


@dataclass(frozen=True, slots=True)
class Noted:
    """What is to be noted: somebody's action upon something. `old` and `new` are None for what was not, or is gone."""

    scope: Scope
    at: datetime
    actor: str
    action: str
    entity: str
    entity_id: str
    old: Values | None = None
    new: Values | None = None
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the audit as it is kept. `old` and `new` are JSON, to the letter."""

    seq: int
    at: datetime
    actor: str
    action: str
    entity: str
    entity_id: str
    old: str | None
    new: str | None
    address: str | None
    hash: bytes

    def digest(self, scope: Scope) -> bytes:
        """Everything the entry says, in 32 bytes. The number is not among it: the chain is what numbers them."""
        return _digest(
            scope,
            moment(self.at),
            self.actor,
            self.action,
            self.entity,
            self.entity_id,
            self.old,
            self.new,
            self.address,
        )


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of looking at one scope's chain. `broken_at` is the first number that does not fit; None if all do."""

    scope: Scope
    entries: int
    hash: bytes
    broken_at: int | None


class BrokenChain(Exception):
    """Somebody has changed the audit who is not the hub; the message says where."""


def must_be_whole(found: Sequence[Verified]) -> None:
    """Raise BrokenChain with the first place where a chain is broken."""
    for one in found:
        if one.broken_at is not None:
            raise BrokenChain(f"The audit of {one.scope} is broken at entry {one.broken_at}.")


async def append(noted: Noted) -> None:
    """Note it, in the transaction under way. Who notes something else in the same scope waits for its end."""
    old, new = (None if one is None else orjson.dumps(one).decode() for one in (noted.old, noted.new))
    address = None if noted.address is None else str(noted.address)
    said = (noted.actor, noted.action, noted.entity, noted.entity_id, old, new, address)
    await connection().execute(_APPEND, noted.scope, _digest(noted.scope, moment(noted.at), *said), noted.at, *said)


# The hash is made where the lock is held: a row that was waited for is the one that counts.
_APPEND = """
    with head as (
        insert into audit_head as head (scope, seq, hash)
        values ($1, 1, sha256(sha256(convert_to($1, 'UTF8')) || $2::bytea))
        on conflict (scope) do update set seq = head.seq + 1, hash = sha256(head.hash || $2::bytea)
        returning seq, hash
    )
    insert into audit (scope, seq, at, actor, action, entity, entity_id, old, new, address, hash)
    select $1, head.seq, $3, $4, $5, $6, $7, $8::json, $9::json, $10, head.hash from head
"""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries are looked for; None is any. Times bound from `since` on, and before `until`."""

    actor: str | None = None
    action: str | None = None
    entity: str | None = None
    entity_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None


async def entries(scope: Scope, sought: Sought, *, before: int | None = None, limit: int, skip: int = 0) -> list[Entry]:
    """The newest entries that are looked for, of those with a smaller number than `before`, without the first few."""
    rows = await connection().fetch(
        f"{_ENTRIES} where {_FITS} and ($8::bigint is null or seq < $8) order by seq desc limit $9 offset $10",
        *_asked(scope, sought),
        before,
        limit,
        skip,
    )
    return [Entry(*row) for row in rows]


async def count_of(scope: Scope, sought: Sought) -> int:
    """How many entries that are looked for there are."""
    count: int = await connection().fetchval(f"select count(*) from audit where {_FITS}", *_asked(scope, sought))
    return count


def _asked(scope: Scope, sought: Sought) -> tuple[object, ...]:
    return scope, sought.actor, sought.action, sought.entity, sought.entity_id, sought.since, sought.until


_FITS = """
    scope = $1 and ($2::text is null or actor = $2) and ($3::text is null or action = $3)
    and ($4::text is null or entity = $4) and ($5::text is null or entity_id = $5)
    and ($6::timestamptz is null or at >= $6) and ($7::timestamptz is null or at < $7)
"""
_ENTRIES = "select seq, at, actor, action, entity, entity_id, old, new, address, hash from audit"


async def verify() -> list[Verified]:
    """Look at every chain from its beginning. In one snapshot, so that nothing is noted meanwhile."""
    heads = await connection().fetch("select scope, seq, hash from audit_head order by scope")
    without_head = await connection().fetch(
        "select distinct scope from audit where scope not in (select scope from audit_head) order by scope"
    )
    orphans = [Verified(row["scope"], 0, b"", broken_at=1) for row in without_head]
    return [await _verified(head) for head in heads] + orphans


async def _verified(head: asyncpg.Record) -> Verified:
    scope = Scope(head["scope"])
    held, hash_held, broken_at = await _follow(scope, 0, _seed(scope), None)
    if broken_at is None and (held, hash_held) != (head["seq"], head["hash"]):
        broken_at = held + 1
    return Verified(scope, held, hash_held, broken_at)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What came of looking at some of a chain, up to the number `upto`.

    `entries` and the hashes are those of the whole chain: of its first entry, and of the last as its head has it.
    """

    entries: int
    first_hash: bytes | None
    last_hash: bytes | None
    upto: int
    broken_at: int | None
    has_more: bool


async def look_at(scope: Scope, *, after: int, limit: int) -> Stretch | None:
    """Look at so many of a scope's entries after this one; None where there are not as many. In one snapshot.

    The one after which they are is taken for whole: whoever wants to know of all begins at 0, and goes on from there.
    """
    head = await connection().fetchrow("select seq, hash from audit_head where scope = $1", scope)
    entries, last_hash = (0, None) if head is None else (head["seq"], head["hash"])
    if after > entries:
        return None
    hash_before = await _hash_of(scope, after)
    if hash_before is None:
        return Stretch(entries, await _hash_of(scope, 1), last_hash, after, broken_at=after, has_more=False)
    held, hash_held, broken_at = await _follow(scope, after, hash_before, limit)
    has_more = broken_at is None and held - after == limit and held <= entries
    if broken_at is None and not has_more and (held, hash_held) != (entries, last_hash or _seed(scope)):
        broken_at = 1 if head is None else held + 1
    return Stretch(entries, await _hash_of(scope, 1), last_hash, held, broken_at, has_more)


async def _hash_of(scope: Scope, seq: int) -> bytes | None:
    """What an entry's hash is said to be; of the one before the first, what every chain begins with."""
    if seq == 0:
        return _seed(scope)
    kept: bytes | None = await connection().fetchval("select hash from audit where scope = $1 and seq = $2", scope, seq)
    return kept


async def _follow(scope: Scope, held: int, hash_held: bytes, limit: int | None) -> tuple[int, bytes, int | None]:
    """Go on from one entry: how far the chain fits, the hash there, and the first number that does not, if one does
    not."""
    async for entry in _entries_after(scope, held, limit):
        hash_now = hashlib.sha256(hash_held + entry.digest(scope)).digest()
        if entry.seq != held + 1 or entry.hash != hash_now:
            return held, hash_held, held + 1
        held, hash_held = entry.seq, hash_now
    return held, hash_held, None


async def _entries_after(scope: Scope, after: int, limit: int | None) -> AsyncIterator[Entry]:
    left = limit
    while left != 0:
        at_once = VERIFIED_AT_ONCE if left is None else min(VERIFIED_AT_ONCE, left)
        rows = await connection().fetch(
            f"{_ENTRIES} where scope = $1 and seq > $2 order by seq limit $3", scope, after, at_once
        )
        if not rows:
            return
        for row in rows:
            yield Entry(*row)
        after, left = rows[-1]["seq"], None if left is None else left - len(rows)


def _seed(scope: Scope) -> bytes:
    """What the first hash of a chain covers besides its entry."""
    return hashlib.sha256(scope.encode()).digest()


def _digest(*said: str | None) -> bytes:
    return hashlib.sha256(orjson.dumps(said)).digest()
