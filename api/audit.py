"""Looking at the audit of a restaurant: who changed what, when and from where, and what it was before."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any

import orjson
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field

from api.showing import PAGE, PAGE_MAX, Listed, Look, Paged, Query
from hub.audience import PLATFORM, Scope, restaurant_scope
from hub.domain.refusals import NoSuchThing
from hub.events.event import Shape
from hub.ids import RestaurantId
from hub.moments import Moment
from hub.store import audit
from hub.store.audit import Sought

WORD_LENGTH_MAX = 120
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)
"""Before and after these nobody changed anything, and PostgreSQL need not know how long."""
SEQ_MAX = 2**63 - 1
LOOKED_AT_MAX = 2_000
"""Of how many entries it is found out at once whether they are whole: a blink of a hub's time."""

_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def as_documented(text: object) -> object:
    """A time as RFC 3339 has it, and no other text that could be read as one. Raises ValueError."""
    if not isinstance(text, str) or not _TIME.fullmatch(text):
        raise ValueError("must be a time, such as 2026-11-22T19:30:00Z")
    return text


def sensible(at: datetime) -> datetime:
    """The nearest time at which there can have been an audit."""
    return min(max(at, EARLIEST), LATEST)


Word = Annotated[str, Field(min_length=1, max_length=WORD_LENGTH_MAX, pattern=r"^[\x21-\x7e]+$")]
Time = Annotated[AwareDatetime, BeforeValidator(as_documented), AfterValidator(sensible)]


class Wanted(Query):
    """`actor` is whoever did it, as `user:<id>`, and `action` a command's name; from `since` on, and before `until`."""

    actor: Word | None = None
    action: Word | None = None
    entity: Word | None = None
    entity_id: Word | None = None
    since: Time | None = None
    until: Time | None = None

    @property
    def sought(self) -> Sought:
        """What is to be found."""
        return Sought(self.actor, self.action, self.entity, self.entity_id, self.since, self.until)


class WhichEntries(Wanted):
    """Of these, those before the `nextCursor` of another page, as `cursor`."""

    cursor: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,17}$")] | None = None
    limit: Annotated[int, Field(ge=1, le=PAGE_MAX)] = PAGE


class WhichPage(Wanted, Paged):
    """Of these, a page."""


class AuditEntry(Shape):
    """What somebody changed. Of a change, `old` and `new` have what differs, and both what it is known by, such as its
    name; null is what was not there, or is gone. People are named by their ids alone.

    `hash` covers the entry and the one before it. `address` is null where nobody who is believed said it.
    """

    seq: int
    at: Moment
    actor: str
    action: str
    entity: str
    entity_id: str
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    address: str | None
    hash: str


class Audit(Listed):
    """Entries, the newest first."""

    items: tuple[AuditEntry, ...]


class NumberedAudit(Audit):
    """Entries, the newest first, and how many there are on all pages."""

    total: int


class WhichStretch(Query):
    """Up to `limit` entries after the one of this number."""

    after: Annotated[int, Field(ge=0, le=SEQ_MAX)] = 0
    limit: Annotated[int, Field(ge=1, le=LOOKED_AT_MAX)] = LOOKED_AT_MAX


class Wholeness(Shape):
    """Whether the audit is as it was written: nothing changed in it, taken out of it or put into it.

    Some entries are looked at with each question, up to the number `upTo`. `isWhole` is null as long as there are more:
    ask again `after` that one. `brokenAt` is the first that does not fit. How many `entries` there are, and the hashes
    of the first and the last, are worth writing down elsewhere: by them it shows whether the end was cut off.
    """

    entries: int
    first_hash: str | None
    last_hash: str | None
    up_to: int
    is_whole: bool | None
    broken_at: int | None


async def of_restaurant(look: Look, restaurant_id: RestaurantId, query: WhichEntries) -> Audit:
    """Who changed what in the restaurant: its people, its menu, its keys, and what was thrown away."""
    look.enter(restaurant_id)
    return await _page(look, restaurant_scope(restaurant_id), query)


async def numbered(look: Look, restaurant_id: RestaurantId, query: WhichPage) -> NumberedAudit:
    """One page of the same by its number. What is changed meanwhile moves the pages."""
    look.enter(restaurant_id)
    return await _numbered(look, restaurant_scope(restaurant_id), query)


async def of_platform(look: Look, query: WhichEntries) -> Audit:
    """What people did about their accounts, who was locked out, and what operators did."""
    look.watch()
    return await _page(look, PLATFORM, query)


async def numbered_of_platform(look: Look, query: WhichPage) -> NumberedAudit:
    """One page of the same by its number. What is added meanwhile moves the pages."""
    look.watch()
    return await _numbered(look, PLATFORM, query)


async def _page(look: Look, scope: Scope, query: WhichEntries) -> Audit:
    before = None if query.cursor is None else int(query.cursor)
    async with look.snapshot():
        found = await audit.entries(scope, query.sought, before=before, limit=query.limit + 1)
    shown, has_more = found[: query.limit], len(found) > query.limit
    return Audit(items=tuple(_shown(one) for one in shown), next_cursor=str(shown[-1].seq) if has_more else None)


async def _numbered(look: Look, scope: Scope, query: WhichPage) -> NumberedAudit:
    skipped = (query.page - 1) * query.limit
    async with look.snapshot():
        found = await audit.entries(scope, query.sought, limit=query.limit, skip=skipped)
        total = await audit.count_of(scope, query.sought)
    return NumberedAudit(items=tuple(_shown(one) for one in found), total=total)


async def wholeness(look: Look, restaurant_id: RestaurantId, query: WhichStretch) -> Wholeness:
    """Whether anybody has changed what the restaurant's audit says, some entries at a time."""
    look.enter(restaurant_id)
    return await _wholeness(look, restaurant_scope(restaurant_id), query)


async def wholeness_of_platform(look: Look, query: WhichStretch) -> Wholeness:
    """Whether anybody has changed what the platform's audit says of accounts and announcements, some at a time."""
    look.watch()
    return await _wholeness(look, PLATFORM, query)


async def _wholeness(look: Look, scope: Scope, query: WhichStretch) -> Wholeness:
    async with look.snapshot():
        found = await audit.look_at(scope, after=query.after, limit=query.limit)
    if found is None:
        raise NoSuchThing(thing="entry")
    return Wholeness(
        entries=found.entries,
        first_hash=None if found.first_hash is None else found.first_hash.hex(),
        last_hash=None if found.last_hash is None else found.last_hash.hex(),
        up_to=found.upto,
        is_whole=None if found.has_more else found.broken_at is None,
        broken_at=found.broken_at,
    )


def _shown(entry: audit.Entry) -> AuditEntry:
    return AuditEntry(
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor,
        action=entry.action,
        entity=entry.entity,
        entity_id=entry.entity_id,
        old=None if entry.old is None else orjson.loads(entry.old),
        new=None if entry.new is None else orjson.loads(entry.new),
        address=entry.address,
        hash=entry.hash.hex(),
    )
