"""Changes: what a deed writes, gathered so that all of it goes to the database in one statement.

A noun's module says what is written (`orders.changed`, `menu.portions_changed`), the deed gathers it, and
`hub.store.ledger.append` writes it together with the facts. Not its business: locks. Whatever a change touches is new,
or was locked by the deed when it was read, so no change ever waits for anybody.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

WAYS_KEPT_MAX = 256
"""Deeds gather their changes in a few dozen ways, each of them a statement that every connection prepares once."""

ARRAY_SEPARATOR = "\x1f"
"""SQL has no arrays of arrays of different lengths, so the inner ones travel as texts. Nothing printable holds it."""

_ARGUMENT = re.compile(r"\$(\d+)")


@dataclass(frozen=True, slots=True)
class Change:
    """A part of a statement: `sql` inserts, updates or deletes exactly so many rows, and counts its arguments from $1.

    No two changes of a deed have the same name, or touch the same row: a statement's parts do not see one another.
    """

    name: str
    sql: str
    arguments: tuple[object, ...]
    rows: int


def written_first(changes: Sequence[Change], then: str) -> str:
    """A statement that makes the changes and then what `then` says, in which `touched` has the rows each one touched.

    `then` counts its arguments from $1; they come after those of the changes.
    """
    return _statement(tuple((one.name, one.sql, len(one.arguments)) for one in changes), then)


@lru_cache(maxsize=WAYS_KEPT_MAX)
def _statement(changes: tuple[tuple[str, str, int], ...], then: str) -> str:
    parts, before = list[str](), 0
    for name, sql, arguments in changes:
        parts.append(f"{name} as ({_counted_from(before, sql)} returning 1)")
        before += arguments
    counts = ", ".join(f"(select count(*) from {name})" for name, _, _ in changes)
    parts.append(f"touched as materialized (select array[{counts}]::bigint[] as rows)")
    return f"with {', '.join(parts)}, {_counted_from(before, then)}"


def _counted_from(before: int, sql: str) -> str:
    return _ARGUMENT.sub(lambda found: f"${int(found[1]) + before}", sql)
