"""What a transaction wrote, to be written again under other ids: for what many tests begin with.

Its rows are read once, as one text of SQL. Ids and hashes in it are given new values; moments stay as far from the
beginning of their transaction as they were. Not its business: which ids are another's, and what is written first.
"""

import re
from collections.abc import Mapping

from hub.ids import new_id
from hub.store.connections import Connection

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
HASH = r"(?<=\\x)[0-9a-f]{64}"
CALLED = re.compile(f"{UUID}|{HASH}")
FAR_DAYS = 1_000
"""A moment so far away was not counted from now."""

TABLES = """
    select c.oid::regclass::text as name,
           array_agg(quote_ident(a.attname) order by a.attnum) as columns,
           array_agg(a.atttypid = 'timestamptz'::regtype order by a.attnum) as are_moments
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and a.attgenerated = '' and has_table_privilege(c.oid, 'select')
    group by c.oid order by c.oid
"""


async def taken(line: Connection) -> str:
    """SQL that writes once more what the transaction under way on this connection has written."""
    statements = []
    for table in await line.fetch(TABLES):
        values = " || ', ' || ".join(map(_value, table["columns"], table["are_moments"]))
        mine = "xmin::text::bigint = pg_current_xact_id()::text::bigint"
        rows = await line.fetch(f"select {values} as row from {table['name']} where {mine}")
        if rows:
            columns, written = ", ".join(table["columns"]), ", ".join(f"({row['row']})" for row in rows)
            statements.append(f"insert into {table['name']} ({columns}) values {written}")
    assert statements, "Nothing was written."
    return "; ".join(statements)


def anew(sql: str, known: Mapping[str, str]) -> str:
    """The same under other names: ids and hashes that are known as these, and fresh ids for all others."""
    names = dict(known)

    def name(found: re.Match[str]) -> str:
        old = found[0]
        if old not in names:
            names[old] = str(new_id()) if "-" in old else old
        return names[old]

    return CALLED.sub(name, sql)


def _value(column: str, is_moment: bool) -> str:
    literal = f"quote_nullable({column}::text)"
    if not is_moment:
        return literal
    from_now = f"format('now() + %L::interval', ({column} - now())::text)"
    is_near = f"{column} between now() - interval '{FAR_DAYS} days' and now() + interval '{FAR_DAYS} days'"
    return f"case when {is_near} then {from_now} else {literal} end"
