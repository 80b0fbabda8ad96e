"""What travels between a hub and its clients: audit.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TypedDict


class Audit(TypedDict):
    """Entries, the newest first."""

    nextCursor: str | None
    items: list[AuditEntry]


class AuditEntry(TypedDict):
    """What somebody changed. Of a change, `old` and `new` have what differs, and both what it is known by, such as its
    name; null is what was not there, or is gone. People are named by their ids alone.

    `hash` covers the entry and the one before it. `address` is null where nobody who is believed said it.
    """

    seq: int
    at: str
    actor: str
    action: str
    entity: str
    entityId: str
    old: dict[str, object] | None
    new: dict[str, object] | None
    address: str | None
    hash: str


class Wholeness(TypedDict):
    """Whether the audit is as it was written: nothing changed in it, taken out of it or put into it.

    Some entries are looked at with each question, up to the number `upTo`. `isWhole` is null as long as there are
    more: ask again `after` that one. `brokenAt` is the first that does not fit. How many `entries` there are, and
    the hashes of the first and the last, are worth writing down elsewhere: by them it shows whether the end was cut
    off.
    """

    entries: int
    firstHash: str | None
    lastHash: str | None
    upTo: int
    isWhole: bool | None
    brokenAt: int | None
