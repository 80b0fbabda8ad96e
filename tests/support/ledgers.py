"""Writing into a ledger without a deed: for tests of how facts are carried, whatever they say."""

from collections.abc import Iterable

from hub.audience import Room, Scope
from hub.store import ledger
from hub.store.database import Database, connection
from hub.store.ledger import Fact, Recorded


async def record(database: Database, scope: Scope, *rooms_of_each: Iterable[Room], payload: bytes = b"{}") -> Recorded:
    """Commit one entry for each group of rooms, and tell whoever listens to this database."""
    facts = [Fact(scope, "ticket_rushed", tuple(str(room) for room in rooms), payload) for rooms in rooms_of_each]
    async with database.transaction() as line:
        at = await line.fetchval("select now()")
        recorded = await ledger.append(facts, actor="system", at=at, command_id="test")
    database.tell(recorded)
    return recorded[0]


async def trim(owner: Database, scope: Scope, upto: int) -> None:
    """Forget the ledger's first entries, as whoever owns the database may."""
    async with owner.transaction():
        await connection().execute("delete from ledger where scope = $1 and seq <= $2", scope, upto)
        await connection().execute("update ledger_head set floor = $2 where scope = $1", scope, upto)
