"""Which commands were asked before, and what was answered: a command has one effect, however often it is sent.

A deed claims its command's id before it locks anything else, and keeps its answer in the same transaction. So a claim
whose deed was refused or failed leaves nothing behind, and asked again it is judged afresh.

Not its business: whether the same id came with another body, and who may hear an old answer (`hub.actions`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from hub.domain.refusals import InProgress
from hub.store.connections import connection


@dataclass(frozen=True, slots=True)
class Claimed:
    """The command is new and ours to do. `at` is the transaction's time on PostgreSQL's clock."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """The command was done before. `answer` is None where it held secrets and was not kept."""

    name: str
    digest: bytes
    scope: str | None
    events: tuple[str, ...]
    answer: bytes | None
    at: datetime


async def claim(actor: str, command_id: str, name: str, digest: bytes) -> Claimed | Kept:
    """Claim this actor's command. Two of them at once: the second waits for the first one's end.

    Raises InProgress when that takes longer than the server's lock time-out; nothing was done then. `digest` stands
    for everything that was asked, so that another request under the same id can be told apart.
    """
    try:
        at = await connection().fetchval(
            """
            insert into command (actor, id, name, digest) values ($1, $2, $3, $4)
            on conflict do nothing returning at
            """,
            actor,
            command_id,
            name,
            digest,
        )
    except asyncpg.LockNotAvailableError as error:
        raise InProgress from error
    if at is not None:
        return Claimed(at)
    kept = await connection().fetchrow(
        "select name, digest, scope, events, answer, at from command where actor = $1 and id = $2",
        actor,
        command_id,
    )
    if kept is None:
        # Forgotten between the two statements, as too old. Asked once more it is new.
        raise InProgress
    answer = kept["answer"]
    return Kept(
        kept["name"],
        kept["digest"],
        kept["scope"],
        tuple(kept["events"]),
        None if answer is None else answer.encode(),
        kept["at"],
    )


async def keep_answer(
    actor: str, command_id: str, *, scope: str | None, events: Sequence[str], answer: bytes | None
) -> None:
    """Keep what the claimed command came to: the scope it changed, the events it recorded, and its answer (JSON)."""
    outcome = await connection().execute(
        "update command set scope = $3, events = $4, answer = $5 where actor = $1 and id = $2",
        actor,
        command_id,
        scope,
        list(events),
        None if answer is None else answer.decode(),
    )
    assert outcome == "UPDATE 1", "An answer is kept for a command that was claimed in the same transaction."
