"""Which commands were asked before, and what was answered: a command has one effect, however often it is sent.

A deed claims its command's id before it locks anything else, and keeps its answer in the same transaction. So a claim
whose deed was refused or failed leaves nothing behind, and asked again it is judged afresh. Where a deed's first
question is known, the claim is part of that statement: it costs no round trip of its own.

Not its business: whether the same id came with another body, and who may hear an old answer (`hub.actions`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from hub.domain.refusals import InProgress
from hub.store.changes import Change
from hub.store.connections import connection

CLAIMED = """
    claimed as (
        insert into command (actor, id, name, digest) values ($1, $2, $3, $4)
        on conflict do nothing returning at
    )
"""
"""The part of a statement that claims the command; it has a row if that worked. Whatever locks must join it."""

_CLAIM = f"with {CLAIMED} select at as claimed_at from claimed"


class AskedBefore(Exception):
    """The command is not new, so nothing is to be done: its answer is `kept`."""


@dataclass(slots=True)
class Claim:
    """A command that is to be done. `digest` stands for everything that was asked, so that another request can be told.

    Once it is claimed, `at` is the transaction's time on PostgreSQL's clock.
    """

    actor: str
    id: str
    name: str
    digest: bytes
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The command was done before. `answer` is None where it held secrets and was not kept."""

    name: str
    digest: bytes
    scope: str | None
    events: tuple[str, ...]
    answer: bytes | None
    at: datetime


async def claim(claim: Claim) -> None:
    """Claim this actor's command. Two of them at once: the second waits for the first one's end.

    Raises AskedBefore when the first was done, and InProgress when that takes longer than the server's lock time-out;
    nothing was done by the second then.
    """
    await claiming(claim, _CLAIM)


async def claiming(claim: Claim, statement: str, *arguments: object) -> list[asyncpg.Record]:
    """The rows of a statement that begins with `CLAIMED`: one at least, each with `claimed_at`. Raises as `claim` does.

    The statement's own arguments are counted from $5.
    """
    try:
        rows = await connection().fetch(statement, claim.actor, claim.id, claim.name, claim.digest, *arguments)
    except asyncpg.LockNotAvailableError as error:
        if _waited_for_the_claim(error):
            raise InProgress from error
        raise
    if not rows:
        raise AskedBefore
    claim.at = rows[0]["claimed_at"]
    return rows


async def kept(claim: Claim) -> Kept:
    """What the command came to. Asked in a statement of its own: the claiming one may see what was before its wait."""
    row = await connection().fetchrow(
        "select name, digest, scope, events, answer, at from command where actor = $1 and id = $2",
        claim.actor,
        claim.id,
    )
    if row is None:
        # Forgotten between the two statements, as too old. Asked once more it is new.
        raise InProgress
    answer = row["answer"]
    return Kept(
        row["name"],
        row["digest"],
        row["scope"],
        tuple(row["events"]),
        None if answer is None else answer.encode(),
        row["at"],
    )


def answered(claim: Claim, *, scope: str | None, events: Sequence[str], answer: bytes | None) -> Change:
    """What the claimed command came to: the scope it changed, the events it recorded, and its answer (JSON)."""
    assert claim.at is not None, "An answer is kept for a command that was claimed in the same transaction."
    return Change(
        "answered",
        "update command set scope = $3, events = $4, answer = $5 where actor = $1 and id = $2",
        (claim.actor, claim.id, scope, list(events), None if answer is None else answer.decode()),
        rows=1,
    )


def _waited_for_the_claim(error: asyncpg.LockNotAvailableError) -> bool:
    # The server says where it waited. Its words depend on its language; the name among them does not.
    return '"command"' in (error.context or "")
