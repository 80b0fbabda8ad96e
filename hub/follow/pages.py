"""Reading a ledger as followers do: a page after a number, the latest entries, the heads of many.

A port, so that the rules of following are tried without a database. Not its business: what the entries mean, or when
to read (`hub.follow.follower`, `hub.follow.sweep`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from hub.audience import Scope
from hub.store import ledger
from hub.store.database import Database
from hub.store.ledger import Entry, Head


@dataclass(frozen=True, slots=True)
class Page:
    """Entries of one ledger and its head, both of one moment. No head: there is no such ledger any more."""

    head: Head | None
    entries: Sequence[Entry]


class Pages(Protocol):
    """How followers read. Every method raises DatabaseUnavailable or DatabaseBusy where there is no answer in time."""

    async def after(self, scope: Scope, seq: int, *, limit: int) -> Page:
        """The first `limit` entries after `seq`, in order."""
        ...

    async def latest(self, scope: Scope, *, limit: int) -> Page:
        """The last `limit` entries, in order; a scope without a ledger is given one, so there is always a head."""
        ...

    async def heads(self, scopes: Collection[Scope]) -> Mapping[Scope, Head]:
        """The heads of these ledgers, in one query; those that do not exist are left out."""
        ...


class LedgerPages:
    """Pages from PostgreSQL. Head and entries come from one snapshot, so a page never mixes two ledgers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def after(self, scope: Scope, seq: int, *, limit: int) -> Page:
        async with self._database.snapshot():
            head = (await ledger.heads([scope])).get(scope)
            return Page(head, await ledger.entries(scope, after=seq, limit=limit) if head else [])

    async def latest(self, scope: Scope, *, limit: int) -> Page:
        page = await self._latest(scope, limit)
        if page.head is None:
            async with self._database.transaction():
                await ledger.open_head(scope)
            page = await self._latest(scope, limit)
        return page

    async def _latest(self, scope: Scope, limit: int) -> Page:
        async with self._database.snapshot():
            head = (await ledger.heads([scope])).get(scope)
            return Page(head, await ledger.latest(scope, limit=limit) if head else [])

    async def heads(self, scopes: Collection[Scope]) -> Mapping[Scope, Head]:
        async with self._database.snapshot():
            return await ledger.heads(scopes)
