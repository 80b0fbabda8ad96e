"""Times on the wire: ISO 8601 in UTC, with microseconds, written in one way everywhere.

A screen that takes a time from an entry has what a board read afresh would have told it, to the letter.
"""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import PlainSerializer, WithJsonSchema


def moment(at: datetime) -> str:
    """`2026-11-20T19:00:00.000000Z`."""
    in_utc = at if at.tzinfo is UTC else at.astimezone(UTC)
    # Without its offset, which is +00:00: one is written for every entry on its way to a room.
    return in_utc.isoformat(timespec="microseconds")[:-6] + "Z"


Moment = Annotated[
    datetime,
    PlainSerializer(moment, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""A time that is told to anybody."""
