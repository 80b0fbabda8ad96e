"""What travels between a hub and its clients: command.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TypedDict


class Seen(TypedDict):
    """Where a board stood when something was asked at it: its number, and the life of the ledger it counts in."""

    epoch: str
    seq: int
